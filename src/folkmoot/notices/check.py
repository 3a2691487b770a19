"""Whether a wording may be used: it can be read, asks only for what there is, and says all that it must (Me, D25).

Each letter is written for every situation that can come about, so that a part which stands behind a condition
that is not always so is found out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from folkmoot.notices.in_force import Template
from folkmoot.notices.kinds import NAMES, Kind, Part
from folkmoot.notices.wording import Name, Values, Wording, WordingFault, read

SUBJECT_LIMIT = 200  # characters
BODY_LIMIT = 20_000
_MARKED = re.compile("\x02[^\x03]*\x03")


@dataclass(frozen=True)
class Fault:
    """What is wrong: `field` is "subject" or "body"; `says` is what an administrator can act on."""

    field: str
    says: str


@dataclass(frozen=True)
class _Written:
    """The letter as it is written in one situation."""

    values: Values
    text: str

    @cached_property
    def own_words(self) -> str:
        return " ".join(_MARKED.sub(" ", self.text).split())


def faults(kind: Kind, template: Template) -> list[Fault]:
    """Return all that is wrong with `template` as the wording of `kind`; nothing means that it may be published."""
    found: list[Fault] = []
    subject = _readable("subject", template.subject, kind, found)
    body = _readable("body", template.body, kind, found)
    if not template.subject.strip():
        found.append(Fault("subject", "Please write a subject."))
    if not template.body.strip():
        found.append(Fault("body", "Please write the letter."))
    if found or subject is None or body is None:
        return found
    written = [_Written(values, body.fill(values)) for values in situations(kind)]
    if any(not subject.fill(one.values).strip() for one in written):
        found.append(Fault("subject", "The subject is empty in some letters. Please write one for every case."))
    return found + [fault for part in kind.parts if (fault := _missing(part, body, written, kind))]


def situations(kind: Kind) -> Iterator[dict[str, str | bool]]:
    """Yield the values of every situation that `kind` can meet; a text's value is a mark that nobody can type."""
    choices: list[Sequence[Values]] = [
        *([{name: _mark(name)}, {name: ""}] for name in kind.maybe),
        *([{name: False}, {name: True}] for name in kind.flags),
        *([{name: name == chosen for name in group} for chosen in group] for group in kind.one_of),
    ]
    for chosen in product(*choices):
        values: dict[str, str | bool] = {name: _mark(name) for name in ("org", *kind.texts)}
        for one in chosen:
            values.update(one)
        yield values


def _readable(field: str, text: str, kind: Kind, found: list[Fault]) -> Wording | None:
    try:
        wording = read(text)
    except WordingFault as fault:
        found.append(Fault(field, str(fault) if field == "body" else str(fault).partition(": ")[2].capitalize()))
        return None
    known = len(found)
    for name in wording.shown():
        if name.name not in kind.shown:
            found.append(Fault(field, f"Line {name.line}: {_unknown(name.name, kind)}"))
        elif NAMES[name.name].alone and not _is_alone(name, text):
            says = f"{{{{ {name.name} }}}} has several lines, so please put it on a line of its own."
            found.append(Fault(field, f"Line {name.line}: {says}"))
    for when in wording.asked():
        if when.name not in kind.asked:
            found.append(Fault(field, f"Line {when.line}: {_not_asked(when.name, kind)}"))
    return wording if len(found) == known else None


def _is_alone(name: Name, text: str) -> bool:
    return re.fullmatch(rf"\{{\{{\s*{name.name}\s*\}}\}}", text.split("\n")[name.line - 1].strip()) is not None


def _unknown(name: str, kind: Kind) -> str:
    if name in kind.asked:
        return f"“{name}” is yes or no. It can stand in {{% if {name} %}}, but it has no words to show."
    return f"this letter knows no “{name}”. Choose from the list of names below."


def _not_asked(name: str, kind: Kind) -> str:
    if name in kind.shown:
        return f"“{name}” is always there, so {{% if {name} %}} is not needed."
    return f"this letter knows no “{name}”. Choose from the list of names below."


def _missing(part: Part, body: Wording, written: Sequence[_Written], kind: Kind) -> Fault | None:
    concerned = [one for one in written if _concerns(part, one.values)]
    failing = [one.values for one in concerned if not _holds(part, body, one)]
    if not failing:
        return None
    when = "" if len(failing) == len(concerned) else _common(failing, [one.values for one in written], kind)
    return Fault("body", f"This letter must say {part.what}{when}. {part.mend}")


def _concerns(part: Part, values: Values) -> bool:
    return all(bool(values[name]) for name in (part.when, part.name, part.tells) if name)


def _holds(part: Part, body: Wording, written: _Written) -> bool:
    if part.name:
        return _mark(part.name) in written.text
    if part.tells:
        return written.text != body.fill({**written.values, part.tells: False})
    return re.search(part.says, written.own_words, re.IGNORECASE) is not None


def _common(failing: Sequence[Values], where: Sequence[Values], kind: Kind) -> str:
    """Return in which situations something fails, as the end of a sentence, where one thing is common to all."""
    for name in kind.asked:
        answers = {bool(values[name]) for values in failing}
        if len(answers) == 1 and {bool(values[name]) for values in where} != answers:
            is_so = answers.pop()
            if name in kind.maybe:
                return f", also when “{name}” is {'there' if is_so else 'empty'}"
            return f", also when {'' if is_so else 'it is not so that '}{NAMES[name].says}"
    return ", in every situation"


def _mark(name: str) -> str:
    return f"\x02{name}\x03"
