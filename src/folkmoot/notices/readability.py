"""How easily a letter's own sentences read: those of the organisation, not what people wrote."""

from collections.abc import Mapping

from folkmoot.kernel.reading import Reading, reading
from folkmoot.members.models import Organisation
from folkmoot.notices.demo import demo_values
from folkmoot.notices.html import HEADINGS
from folkmoot.notices.in_force import Template
from folkmoot.notices.kinds import NAMES, Kind
from folkmoot.notices.wording import read

_ADDRESSES = ("link", "track", "rules")


def own_words(kind: Kind, org: Organisation, template: Template, chosen: Mapping[str, bool]) -> str:
    """Return the sentences of `template` for a demo matter, without quotations, addresses, headings and greetings."""
    values = demo_values(kind, org, chosen)
    for name in (*kind.texts, *kind.maybe):
        if values[name] and (name in _ADDRESSES or not NAMES[name].ours):
            values[name] = "> "
    lines = read(template.body).fill(values).splitlines()
    kept = (line for line in lines if not line.startswith(("> ", "Hello")) and line not in {*HEADINGS, org.name})
    return "\n".join(line.replace("> ", "") for line in kept).strip()


def how_it_reads(kind: Kind, org: Organisation, template: Template, chosen: Mapping[str, bool]) -> Reading | None:
    """Return how the letter's own words read, or `None` where it has none."""
    text = own_words(kind, org, template, chosen)
    return reading(text) if text else None
