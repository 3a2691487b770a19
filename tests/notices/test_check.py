"""The check of required parts: whatever is lost is named in words, and where it hides behind a condition too."""

import re

import pytest

from folkmoot.notices.check import faults, situations
from folkmoot.notices.in_force import Template, shipped
from folkmoot.notices.kinds import KINDS

REMOVE = KINDS["statement_remove"]
EVERY_PART = [(kind, part) for kind in KINDS.values() for part in kind.parts]


def changed(key: str, old: str, new: str) -> list[str]:
    """Return what is said when `old` is replaced in the shipped words of `key`."""
    template = shipped(key)
    assert old in template.body
    return [fault.says for fault in faults(KINDS[key], Template(template.subject, template.body.replace(old, new)))]


@pytest.mark.parametrize(("kind", "part"), EVERY_PART, ids=[f"{kind.key}: {part.what}" for kind, part in EVERY_PART])
def test_every_part_that_is_lost_is_named(kind, part) -> None:
    """Each required part is taken out of the shipped words, one at a time."""
    template = shipped(kind.key)
    if part.name:
        body = re.sub(rf"\{{\{{ {part.name} \}}\}}", "", template.body)
    elif part.tells:
        body = re.sub(rf"\{{% if {part.tells} %\}}.*?\{{% endif %\}}", "", template.body, flags=re.DOTALL)
    else:
        pieces = re.split(r"(\{[{%].*?[}%]\})", template.body)  # the words, not the conditions
        body = "".join(re.sub(part.says, "", one, flags=re.I) if at % 2 == 0 else one for at, one in enumerate(pieces))
    says = [fault.says for fault in faults(kind, Template(template.subject, body))]
    assert any(part.what in one and part.mend in one for one in says), says


def test_a_part_that_stands_only_sometimes_is_found_out() -> None:
    assert changed("statement_remove", "{{ reasons }}", "{% if passage %}{{ reasons }}{% endif %}") == [
        "This letter must say the reasons, also when “passage” is empty. Write {{ reasons }} where it should stand."
    ]
    hidden = "{% if not person %}This is not a disciplinary matter.{% endif %}"
    [says] = changed("statement_remove", "This is not a disciplinary matter.", hidden)
    assert says.startswith(
        "This letter must say that this is not a disciplinary matter, also when the words are aimed at a person."
    )
    [says] = changed("review_asked", "{{ link }}", "{% if secretary %}{{ link }}{% endif %}")
    assert "the link to read and answer, also when it is not so that it goes to the Secretary" in says


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{{ reasons }}", "{{ reason }}", "this letter knows no “reason”"),
        ("{{ reasons }}", "{{ reasons }} {{ question }}", "this letter knows no “question”"),
        ("{{ reasons }}", "{{ reasons }} {{ person }}", "“person” is yes or no"),
        ("{{ reasons }}", "{% if reasons %}{{ reasons }}{% endif %}", "“reasons” is always there"),
        ("{{ reasons }}", "{{ reasons }}{% if stands %}{% endif %}", "this letter knows no “stands”"),
        ("{{ text }}", "You wrote {{ text }}", "on a line of its own"),
        ("{{ rule }}", "{{ rule }} and more", "on a line of its own"),
    ],
)
def test_what_the_letter_does_not_know_is_named_with_its_line(old: str, new: str, says: str) -> None:
    found = changed("statement_remove", old, new)
    assert any(re.match(r"Line \d+: ", one) and says in one for one in found), found


@pytest.mark.parametrize(
    ("template", "field", "says"),
    [
        (Template("", shipped("lifted").body), "subject", "Please write a subject."),
        (Template("{{ nobody }}", shipped("lifted").body), "subject", "knows no “nobody”"),
        (Template("{% if afterwards %}Yes{% endif %}", shipped("lifted").body), "subject", "empty in some letters"),
        (Template("News", ""), "body", "Please write the letter."),
        (Template("News", "{{ link"), "body", "Line 1: "),
    ],
)
def test_a_subject_and_a_letter_are_needed(template: Template, field: str, says: str) -> None:
    found = faults(KINDS["lifted"], template)
    assert [(fault.field, says in fault.says) for fault in found] == [(field, True)]


def test_every_situation_is_tried() -> None:
    """Of each group exactly one is so; whatever may be missing is missing once."""
    tried = list(situations(REMOVE))
    assert len(tried) == 2**4 * 2 * 3  # posted, text, passage, measures; necessity; aimed at
    assert all(sum(bool(one[name]) for name in ("person", "policy", "neither")) == 1 for one in tried)
    assert len({tuple(map(bool, one.values())) for one in tried}) == len(tried)
