"""The tags of the look: times in words, people's words shown safely, passages marked."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.notices import letters
from folkmoot.notices.html import HEADINGS
from folkmoot.web.look import moments
from folkmoot.web.look.unseen import shown

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, 5, tzinfo=LONDON)  # a Tuesday


def rendered(source: str, **context: object) -> str:
    with timezone.override(LONDON):
        return Template("{% load look %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 27, 9, 0, tzinfo=LONDON), "in 3 days, Friday 27 November"),
        (datetime(2026, 11, 25, 23, 59, tzinfo=LONDON), "tomorrow, Wednesday 25 November"),
        (datetime(2026, 11, 24, 17, 30, tzinfo=LONDON), "in 3 hours, today at 17:30"),
        (datetime(2026, 11, 24, 13, 15, tzinfo=LONDON), "50 minutes ago, today at 13:15"),
        (datetime(2026, 11, 24, 14, 4, 30, tzinfo=LONDON), "just now, today at 14:04"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=LONDON), "yesterday, Monday 23 November"),
        (datetime(2026, 11, 17, 9, 0, tzinfo=LONDON), "7 days ago, Tuesday 17 November"),
        (datetime(2027, 5, 24, 9, 0, tzinfo=LONDON), "in 181 days, Monday 24 May 2027"),
    ],
)
def test_a_moment_is_said_with_its_distance_and_its_day(moment: datetime, words: str) -> None:
    assert f">{words}</time>" in rendered("{% when moment %}", moment=moment)


def test_days_are_counted_by_the_organisations_calendar_not_by_utc() -> None:
    # 23:30 UTC in July is already tomorrow in London.
    now = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
    moment = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
    assert "tomorrow, Tuesday 7 July" in rendered("{% when moment %}", moment=moment, now=now)


def test_the_exact_time_can_be_read_from_every_time() -> None:
    moment = datetime(2026, 11, 27, 22, 59, tzinfo=UTC)
    assert 'title="Friday 27 November 2026 at 22:59"' in rendered("{% when moment %}", moment=moment)
    brief = rendered("{% when_brief moment %}", moment=moment)
    assert 'data-exact="Friday 27 November 2026 at 22:59"' in brief
    assert 'tabindex="0"' in brief
    assert rendered("{% exact moment %}", moment=moment).endswith(">Friday 27 November 2026 at 22:59</time>")


def test_a_date_without_hour_is_said_as_a_day_and_an_unknown_one_as_unknown() -> None:
    day = rendered("{% when day %}", day=date(2026, 2, 1))
    assert day == '<time datetime="2026-02-01">Sunday 1 February</time>'
    assert "not known" in rendered("{% when day %}", day=None)


def test_a_page_that_forgot_the_present_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="need `now`"):
        rendered("{% when moment %}", moment=NOW, now=None)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (30, "less than a minute"),
        (60, "1 minute"),
        (2400, "40 minutes"),
        (5 * 3600, "5 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=23), "2 days"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(span: float | timedelta, words: str) -> None:
    assert rendered("{{ span|duration }}", span=span) == words


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (datetime(2026, 11, 28, 23, 59, tzinfo=LONDON), "4 days left", "ok"),
        (datetime(2026, 11, 25, 23, 59, tzinfo=LONDON), "Due tomorrow", "soon"),
        (datetime(2026, 11, 24, 23, 59, tzinfo=LONDON), "Due today", "soon"),
        (datetime(2026, 11, 24, 9, 0, tzinfo=LONDON), "Overdue since today", "overdue"),
        (datetime(2026, 11, 23, 23, 59, tzinfo=LONDON), "Overdue by 1 day", "overdue"),
        (datetime(2026, 11, 20, 23, 59, tzinfo=LONDON), "Overdue by 4 days", "overdue"),
    ],
)
def test_a_time_limit_says_what_is_left_and_how_near_it_is(due: datetime, words: str, state: str) -> None:
    out = rendered("{% time_left due now %}", due=due)
    assert f"time-left is-{state}" in out
    assert f">{words}</span>" in out


def test_the_bar_shows_the_share_of_time_that_is_left() -> None:
    due, since = NOW + timedelta(days=1), NOW - timedelta(days=3)
    assert 'value="0.25"' in rendered("{% time_left due now since %}", due=due, since=since)
    assert 'value="0.20"' in rendered("{% time_left due now %}", due=due)
    assert moments.time_left(NOW + timedelta(hours=1), NOW, NOW + timedelta(hours=2)).share == 0


def test_peoples_words_are_escaped() -> None:
    assert shown('<b onclick="x">&') == "&lt;b onclick=&quot;x&quot;&gt;&amp;"


@pytest.mark.parametrize(
    ("character", "sign"),
    [
        ("\u202e", "RLO"),
        ("\u200b", "ZWSP"),
        ("\u2066", "LRI"),
        ("\x00", "U+0000"),
        ("\ud83d", "U+D83D"),
        ("\ufeff", "BOM"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_characters_that_nobody_can_see_are_shown_by_name(character: str, sign: str) -> None:
    out = shown(f"be{character}fore")
    assert out.startswith('be<span class="unseen" data-code="')
    assert f">{sign}</span>fore" in out
    out.encode()  # a lone surrogate would break the page


SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    ["\U0001f469\u200d\U0001f467", SCOTLAND, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "a\tb"],
)
def test_joiners_that_belong_to_emoji_flags_and_scripts_stay_as_they_are(text: str) -> None:
    assert shown(text) == text


def test_a_joiner_that_breaks_up_a_latin_word_is_shown() -> None:
    assert ">ZWNJ</span>" in shown("id\u200ciot")


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_becomes_a_page_that_can_be_sent(text: str) -> None:
    out = shown(text)
    out.encode()
    assert "<" not in out.replace('<span class="unseen"', "").replace("</span>", "")


def test_names_are_kept_apart_from_the_text_around_them() -> None:
    assert rendered("{{ name|bdi }}", name="<Dave>") == "<bdi>&lt;Dave&gt;</bdi>"
    assert rendered("{{ text|words }}", text=None) == ""


def test_a_passage_is_marked_where_it_first_occurs() -> None:
    out = rendered("{% marked text passage %}", text="a <rat> and a <rat>", passage="<rat>")
    assert out == "a <mark>&lt;rat&gt;</mark> and a &lt;rat&gt;"


def test_a_passage_is_found_although_its_line_breaks_differ() -> None:
    out = rendered("{% marked text passage %}", text="two\r\nfaced\nrat.", passage="two faced  rat")
    assert out == "<mark>two\nfaced\nrat</mark>."


@pytest.mark.parametrize("passage", ["", None, "   ", "not in it"])
def test_without_a_passage_in_it_the_text_stays_whole(passage: str | None) -> None:
    assert rendered("{% marked text passage %}", text="a & b", passage=passage) == "a &amp; b"


def test_a_receipt_code_stands_in_groups_of_four() -> None:
    assert rendered("{{ code|grouped }}", code="4417902265308841") == ("<span>4417 9022</span> <span>6530 8841</span>")


def test_a_letter_becomes_paragraphs_quotations_and_lists() -> None:
    letter = "Dear <Dave>,\nhello.\n\n> a rat\n> twice\n\n- one\n- two"
    assert rendered("{{ letter|letter_body }}", letter=letter) == (
        "<p>Dear &lt;Dave&gt;,<br>hello.</p>\n"
        '<blockquote class="words" dir="auto">a rat\ntwice</blockquote>\n'
        "<ul><li>one</li><li>two</li></ul>"
    )


def test_the_parts_of_every_letter_have_headings() -> None:
    for file in Path(letters.__file__).parent.glob("templates/notices/*.txt"):
        for line in file.read_text().splitlines():
            assert not re.fullmatch(r"[A-Z][A-Z ]{2,}", line) or line in HEADINGS, f"{file.name}: {line}"


def test_capitals_that_somebody_wrote_are_no_heading() -> None:
    letter = "WHY\n\nBecause.\n\n> WHY\n> NOT\n\nSHAME ON YOU"
    assert rendered("{{ letter|letter_body }}", letter=letter) == (
        '<h3>Why</h3>\n<p>Because.</p>\n<blockquote class="words" dir="auto">WHY\nNOT</blockquote>\n<p>SHAME ON YOU</p>'
    )
