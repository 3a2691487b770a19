"""What a report can be about, in the words of people who report and, shorter, in the desk's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as later

from folkmoot.procedure.words import ReportKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class KindWords:
    """How a kind is offered, its sentence underneath, and what the desk calls it."""

    label: "StrOrPromise"
    short: "StrOrPromise"
    hint: "StrOrPromise" = ""


KINDS = {
    ReportKind.THREAT: KindWords(
        later("A threat, or somebody is in danger"),
        later("Threat"),
        later("Threats of violence, stalking, somebody who may harm themselves."),
    ),
    ReportKind.CHILD_SAFETY: KindWords(
        later("A child may be in danger"),
        later("A child in danger"),
        later("Sexual pictures of a child, or somebody who approaches children."),
    ),
    ReportKind.ATTACK: KindWords(
        later("An attack on a person"),
        later("Personal attack"),
        later("Abuse, insults, bullying, shaming, pestering."),
    ),
    ReportKind.HATE: KindWords(
        later("Hatred of people for who they are"),
        later("Hate"),
        later("Race, religion, sex, disability, sexual orientation, gender, age, and the like."),
    ),
    ReportKind.PRIVATE_INFORMATION: KindWords(
        later("Private information"),
        later("Private information"),
        later("An address, a phone number, a private message or picture, made public."),
    ),
    ReportKind.INTIMATE_IMAGE: KindWords(
        later("An intimate picture of somebody"),
        later("Intimate picture"),
        later("Shown without their consent, or a threat to show it. Real or made up."),
    ),
    ReportKind.SEXUAL: KindWords(
        later("Something sexual"),
        later("Sexual or unwelcome attention"),
        later("Sexual remarks or pictures of adults."),
    ),
    ReportKind.MISREPRESENTATION: KindWords(
        later("Somebody is misrepresented"),
        later("Misrepresentation"),
        later("Quoted falsely, or somebody who passes for another."),
    ),
    ReportKind.INACCURATE: KindWords(
        later("Something that is not true"),
        later("Not accurate"),
        later("A mistake, or made up; in a post of ours, too."),
    ),
    ReportKind.LEGAL: KindWords(
        later("It may be against the law"),
        later("Legal risk"),
        later("Libel, election rules. We do not give legal advice."),
    ),
    ReportKind.COPYRIGHT: KindWords(
        later("It uses my work without permission"),
        later("Copyright"),
        later("A text, a picture, music that belongs to you or to somebody else."),
    ),
    ReportKind.SPAM: KindWords(later("Spam or advertising"), later("Spam")),
    ReportKind.SUSPICIOUS: KindWords(
        later("A suspicious account"),
        later("Suspicious"),
        later("It seems to be a machine, a fraud, or many accounts acting as one."),
    ),
    ReportKind.OTHER: KindWords(later("Something else"), later("Something else")),
}


def kind_of(value: str) -> ReportKind | None:
    """Return the kind that `value` names, or `None`."""
    return ReportKind(value) if value in set(ReportKind) else None
