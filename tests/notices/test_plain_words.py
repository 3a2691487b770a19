"""Letters can be read by somebody of about twelve: short sentences, short words, no jargon (Flesch 60 and more)."""

import re
from itertools import product

import pytest

from folkmoot.kernel.reading import reading
from folkmoot.members.models import Organisation
from folkmoot.notices.in_force import shipped
from folkmoot.notices.kinds import KINDS, Kind
from folkmoot.notices.readability import how_it_reads, own_words

ORG = Organisation(name="Harbour branch", slug="harbour", zone="Europe/London")
JARGON = (
    "violat|user|content item|upheld|uphold|escalat|pursuant|hereby|herein|thereof|aforementioned|adjudicat|"
    "adverse|appellant|complainant|respondent|compliance|comply|commence|terminat|utilis|utiliz|sanction|"
    "infring|jurisdiction|notwithstanding|enforcement|remediat|prior to|in accordance with|with regard to|"
    "takedown|moderation queue|algorithm|metadata|stakeholder|in the event that|GDPR|DSA|FAQ|asap|e\\.g\\.|i\\.e\\."
)


def cases(kind: Kind) -> list[dict[str, bool]]:
    """Return what can be so: every answer of a group, with all flags and all that may be there, or with none."""
    groups = list(product(*kind.one_of))
    return [
        {**dict.fromkeys((*kind.flags, *kind.maybe), so), **dict.fromkeys(chosen, True)}
        for chosen in groups
        for so in (True, False)
    ]


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_letter_can_be_read_at_twelve(key: str) -> None:
    kind = KINDS[key]
    for chosen in cases(kind):
        found = how_it_reads(kind, ORG, shipped(key), chosen)
        assert found is not None
        assert found.ease >= 60, (chosen, found)
        assert found.average <= 20, (chosen, found)
        assert len(found.longest.split()) <= 25, found.longest


@pytest.mark.parametrize("key", sorted(KINDS))
def test_no_letter_speaks_jargon(key: str) -> None:
    template = shipped(key)
    text = f"{template.subject}\n{template.body}"
    assert re.findall(rf"\b(?:{JARGON})\w*", text, re.IGNORECASE) == []


def test_what_people_wrote_and_addresses_are_not_counted() -> None:
    words = own_words(KINDS["statement_remove"], ORG, shipped("statement_remove"), {})
    assert "Voss" not in words
    assert "https://" not in words
    assert "WHY" not in words
    assert "This is not a disciplinary matter." in words


def test_officialese_would_be_found() -> None:
    hard = (
        "Pursuant to the applicable provisions of the aforementioned moderation procedure, the adjudicating committee "
        "has determined that the publication constituted a contravention of the organisation's communication standards."
    )
    assert reading(hard).ease < 20
    assert reading(hard).average > 20
