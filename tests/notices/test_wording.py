"""The language of templates: what it can say, what it refuses, and that no value is ever read as a template."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.notices.wording import WordingFault, read


def test_names_are_filled_in() -> None:
    assert read("Hello {{ name }}, {{name}}.").fill({"name": "Petra"}) == "Hello Petra, Petra."


@pytest.mark.parametrize(
    ("so", "words"), [(True, "It stands."), (False, "It is over."), ("", "It is over."), ("text", "It stands.")]
)
def test_a_part_stands_only_when_something_is_so(so: bool | str, words: str) -> None:
    assert read("It {% if so %}stands{% else %}is over{% endif %}.").fill({"so": so}) == words


def test_a_part_can_ask_for_the_opposite_and_stand_within_another() -> None:
    wording = read("{% if not a %}no{% if b %}, but{% endif %}{% else %}yes{% endif %}")
    said = [wording.fill({"a": a, "b": b}) for a in (True, False) for b in (True, False)]
    assert said == ["yes", "yes", "no, but", "no"]


def test_conditions_on_lines_of_their_own_leave_no_gap() -> None:
    wording = read("One.\n\n{% if a %}\nTwo.\n\n{% endif %}\nThree.")
    assert wording.fill({"a": False}) == "One.\n\nThree."
    assert wording.fill({"a": True}) == "One.\n\nTwo.\n\nThree."


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("a\n{{ name", 2, "opens or closes nothing"),
        ("name }}", 1, "opens or closes nothing"),
        ("{# a note #}", 1, "opens or closes nothing"),
        ("{{ said.reasons }}", 1, "is no name"),
        ("{{ name|upper }}", 1, "is no name"),
        ("{{ __class__ }}", 1, "is no name"),
        ("{{ }}", 1, "is no name"),
        ("\n\n{% for a in b %}", 3, "is not known here"),
        ("{% include 'x' %}", 1, "is not known here"),
        ("{% load look %}", 1, "is not known here"),
        ("{% if a == b %}x{% endif %}", 1, "is not known here"),
        ("{% if a.b %}x{% endif %}", 1, "is not known here"),
        ("{% elif a %}", 1, "is not known here"),
        ("{% if a %}x", 1, "has no {% endif %}"),
        ("x{% endif %}", 1, "ends no {% if %}"),
        ("x{% else %}", 1, "belongs to no {% if %}"),
        ("{% if a %}{% else %}{% else %}{% endif %}", 1, "belongs to no {% if %}"),
        ("{% if a %}" * 6 + "{% endif %}" * 6, 1, "inside one another"),
    ],
)
def test_whatever_else_is_typed_is_refused_with_its_line(template: str, line: int, says: str) -> None:
    with pytest.raises(WordingFault) as refusal:
        read(template)
    assert refusal.value.line == line
    assert says in str(refusal.value)


@given(st.text(alphabet="{}% ab if\nx"), st.text(alphabet="{}% ab if\nx"))
def test_no_value_is_ever_read_as_a_template(value: str, other: str) -> None:
    filled = read("[{{ a }}|{% if b %}{{ b }}{% endif %}]").fill({"a": value, "b": other, "x": "secret"})
    assert re.sub(r"\n{4,}", "\n\n\n", f"[{value}|{other}]") == filled


@given(st.text(alphabet="{}% abifnotelsd\n", max_size=60))
def test_whatever_is_typed_is_either_read_or_refused(template: str) -> None:
    line = 1
    try:
        wording = read(template)
    except WordingFault as refusal:
        line = refusal.line
    else:
        names = {piece.name for piece in [*wording.shown(), *wording.asked()]}
        assert isinstance(wording.fill(dict.fromkeys(names, "x")), str)
    assert 1 <= line <= template.count("\n") + 1
