"""The advice that goes with a text that was typed: the same sentences as on the page for checking a draft."""

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from folkmoot.advice.drafts import Advice, Rule, advise, never_a_verdict
from folkmoot.cli.checking.shown import PACK
from folkmoot.cli.words import printable
from folkmoot.detectors.judgement import Judgement
from folkmoot.standards import find_pack, load_pack


def advised(text: str, judgement: Judgement) -> Advice:
    """Return the advice; rules are those of the standard pack, since no organisation is asked."""
    rules: dict[str, Rule] = {one.code: one for one in load_pack(find_pack(PACK)).clauses}
    return advise(text, judgement, rules=rules)


def as_json(advice: Advice) -> dict[str, Any]:
    """Return the advice for programs."""
    remarks = [
        {
            "signal": one.sign,
            "clause": one.clause,
            "only_advice": one.only_advice,
            "places": [list(place) for place in one.places],
            "why": one.why,
            "better": one.better,
            "opening": one.opening,
        }
        for one in advice.remarks
    ]
    said = {"kind": advice.kind, "headline": advice.headline, "said": advice.said, "remarks": remarks}
    return said | {"more": advice.more, "beside": list(advice.beside), "help": list(advice.help)}


def show(out: Console, text: str, advice: Advice) -> None:
    """Write the advice to the terminal `out`."""
    out.print()
    for sentence in advice.help:
        out.print(Text(sentence, "bold"))
    out.print(Text(printable(advice.headline), "bold"), Text(advice.said))
    for one in advice.remarks:
        quoted = ", ".join(f"“{' '.join(printable(text[start:end]).split())}”" for start, end in one.places[:5])
        opening = f" You could begin: “{one.opening}”" if one.opening else ""
        out.print(Padding(Text(f"{quoted or 'The text as a whole'}: {one.better}{opening}"), (0, 0, 0, 2)))
    out.print(Text(never_a_verdict(), "dim"))
