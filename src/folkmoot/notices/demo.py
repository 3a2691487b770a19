"""A demo matter, to show a letter by while somebody edits it. Nobody in it exists."""

from collections.abc import Mapping

from folkmoot.members.models import Organisation
from folkmoot.notices.in_force import Template
from folkmoot.notices.kinds import NAMES, Kind
from folkmoot.notices.wording import read
from folkmoot.notices.write import Letter


def demo_letter(kind: Kind, org: Organisation, template: Template, chosen: Mapping[str, bool]) -> Letter:
    """Return the letter `kind` in the words of `template` for a demo matter.

    `chosen` says which of `kind.asked` are so; raises `WordingFault` or `KeyError` for a template with faults.
    """
    values = demo_values(kind, org, chosen)
    return Letter(
        kind.key, read(template.subject).fill(values).strip(), read(template.body).fill(values).strip() + "\n", ""
    )


def demo_values(kind: Kind, org: Organisation, chosen: Mapping[str, bool]) -> dict[str, str | bool]:
    """Return the demo's values; of each group exactly one is so: the one that is chosen, or else the first."""
    words = {name: kind.demo.get(name, NAMES[name].demo) for name in (*kind.texts, *kind.maybe)}
    values: dict[str, str | bool] = {"org": org.name, **words}
    values.update({name: "" for name in kind.maybe if not chosen.get(name, True)})
    values.update({name: chosen.get(name, False) for name in kind.flags})
    for group in kind.one_of:
        this = next((name for name in group if chosen.get(name)), group[0])
        values.update({name: name == this for name in group})
    return values
