"""What differs between two editions of the rules, put so that templates can show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.editions.models import PolicyEdition
from folkmoot.standards import Heading, Kind, Scope
from folkmoot.standards.changes import Changes, ClauseChange, Stretch, What, reworded

WHAT = {
    What.NEW: later("New"),
    What.GONE: later("Gone"),
    What.REWORDED: later("Reworded"),
    What.MOVED: later("Moved"),
}
STATUS = {What.NEW: "ok", What.GONE: "harm", What.REWORDED: "soon", What.MOVED: "accent"}
KINDS = {
    Kind.GROUND: later("a rule"),
    Kind.ADVICE: later("advice"),
    Kind.PRINCIPLE: later("a principle"),
    Kind.PROCEDURE: later("how it is done"),
}
_WORDED = {"title", "text", "allowed", "not_allowed", "limited_to"}
_OTHERWISE = later("Changed")
_PROSE = {
    "allowed": later("Example of what is allowed"),
    "not_allowed": later("Example of what is not allowed"),
    "limited_to": later("Only this part can be cited"),
}


@dataclass(frozen=True)
class Part:
    """A part of a clause with its words marked; `label` is empty for the text itself."""

    label: str
    words: Sequence[Stretch]


@dataclass(frozen=True)
class Shown:
    """One clause that is not the same: its mark, its heading and parts with words marked, and what else differs."""

    change: ClauseChange
    word: str
    status: str
    title: Sequence[Stretch]
    parts: Sequence[Part]
    notes: Sequence[str]


def shown(changes: Changes) -> list[Shown]:
    """Return each clause that differs, in reading order."""
    return [_shown(one) for one in changes.changed]


def notes(changes: Changes, rested: PolicyEdition | None, rests: PolicyEdition | None) -> list[str]:
    """Return what became of the whole and of its sections, in sentences; `rested` and `rests`: on what."""
    return [*_whole(changes, rested, rests), *(_heading_said(before, after) for before, after in changes.headings)]


def notes_on(change: ClauseChange) -> Iterator[str]:
    """Yield what became of a clause beside its words, in sentences: its place, its kind, where it holds."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if change.has_new_code:
        yield _("It was %(old)s before; that code is not used again.") % {"old": before.code}
    elif change.is_moved:
        yield _("It stands in another place among the clauses of its section.")
    if before.kind is not after.kind:
        yield _("It is %(new)s now; it was %(old)s.") % {"new": KINDS[after.kind], "old": KINDS[before.kind]}
    if after.is_ground and not before.is_ground:
        yield _("From then on a post can be taken down for breaking it.")
    if before.is_ground and not after.is_ground:
        yield _("From then on no post can be taken down under it.")
    if before.scope is not after.scope:
        yield _("It holds %(new)s; before: %(old)s.") % {"new": _where(after.scope), "old": _where(before.scope)}
    if before.aimed_at != after.aimed_at:
        yield (
            _("Whether a post is aimed at a person or at a policy is asked now.")
            if after.aimed_at
            else _("Whether a post is aimed at a person or at a policy is not asked any more.")
        )
    if before.parents != after.parents:
        yield (
            _("It comes from %(codes)s of the statement.") % {"codes": ", ".join(after.parents)}
            if after.parents
            else _("It is not from the statement any more.")
        )


def _whole(changes: Changes, rested: PolicyEdition | None, rests: PolicyEdition | None) -> Iterator[str]:
    if "title" in changes.front:
        yield _("They have another title.")
    if "paraphrase" in changes.front:
        yield _("Whether they are a summary or the official text itself is different.")
    if rested == rests:
        return
    if rests is None:
        yield _("They do not rest on a statement any more.")
    elif rested is None:
        yield _("They rest on “%(title)s” now.") % {"title": rests.title}
    else:
        yield _("They rest on a different edition: “%(title)s”, from %(day)s.") % {
            "title": rests.title,
            "day": formats.date_format(rests.in_force_from, "j F Y"),
        }


def _shown(change: ClauseChange) -> Shown:
    before, after = change.before, change.after
    old, new = before or after, after or before
    assert old is not None and new is not None  # noqa: S101, PT018 - one of both is always given
    return Shown(
        change=change,
        word=str(WHAT[change.what] if change.what is not What.REWORDED or _WORDED & set(change.fields) else _OTHERWISE),
        status=STATUS[change.what],
        title=_marked(before.title if before else None, after.title if after else None),
        parts=list(_parts(change)),
        notes=list(notes_on(change)),
    )


def _parts(change: ClauseChange) -> Iterator[Part]:
    before, after = change.before, change.after
    yield Part("", _marked(before.text if before else None, after.text if after else None))
    for name, label in _PROSE.items():
        old = getattr(before, name) if before else None
        new = getattr(after, name) if after else None
        # What has not changed of a reworded clause is left out; of a new one all is shown.
        if (old or new) and old != new:
            yield Part(str(label), _marked(old, new))


def _marked(old: str | None, new: str | None) -> Sequence[Stretch]:
    """Return the words, marked where both are given; those of a new clause or one that is gone are not."""
    if old is None or new is None:
        return [Stretch(old or new or "")]
    return reworded(old, new)


def _where(scope: Scope) -> str:
    return {
        Scope.ALL: _("everywhere"),
        Scope.PUBLIC: _("mainly in public places"),
        Scope.CLOSED: _("mainly in closed groups"),
    }[scope]


def _heading_said(before: Heading | None, after: Heading | None) -> str:
    if before is None and after is not None:
        return _("The section “%(title)s” is new.") % {"title": after.title}
    if after is None and before is not None:
        return _("The section “%(title)s” is gone.") % {"title": before.title}
    assert before is not None and after is not None  # noqa: S101, PT018 - one of both is always given
    if before.title != after.title:
        return _("The section “%(old)s” is called “%(new)s” now.") % {"old": before.title, "new": after.title}
    if not after.under:
        return _("The section “%(title)s” stands in no part of the rules any more, but by itself.") % {
            "title": after.title
        }
    return _("The section “%(title)s” stands in the part “%(part)s” now.") % {
        "title": after.title,
        "part": after.under,
    }
