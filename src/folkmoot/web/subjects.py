"""What a matter is about, in the words of people who report and, shorter, in the desk's (Ma, F1)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as later

from folkmoot.procedure.words import Subject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class SubjectWords:
    """How it is offered, its sentence underneath, what the desk calls it, and what the form asks for."""

    label: "StrOrPromise"
    short: "StrOrPromise"
    hint: "StrOrPromise"
    link: "StrOrPromise" = ""
    quoted: "StrOrPromise" = ""


SUBJECTS = {
    Subject.POST: SubjectWords(
        later("One post or comment"),
        later("A post"),
        later("Also one that still waits to be published."),
        link=later("Link to the post"),
        quoted=later("What the post says"),
    ),
    Subject.THREAD: SubjectWords(
        later("A whole conversation"),
        later("A conversation"),
        later("It has got out of hand, and more than one post is part of it."),
        link=later("Link to the conversation, or to a post in it"),
        quoted=later("What one of its posts says"),
    ),
    Subject.PATTERN: SubjectWords(
        later("What an account keeps doing"),
        later("What an account keeps doing"),
        later("Each post alone may seem harmless; together they are not."),
        link=later("Link to one of its posts"),
        quoted=later("What one of its posts says"),
    ),
    Subject.OFFLINE: SubjectWords(
        later("Something without a link"),
        later("Something without a link"),
        later("At a meeting, on the phone, in a closed chat."),
    ),
}


def subject_of(value: str) -> Subject:
    """Return the subject that `value` names; a post where it names none."""
    return Subject(value) if value in set(Subject) else Subject.POST
