"""Template tags of the look: times in words, people's words shown safely, marked passages, letters."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from folkmoot.notices.html import HEADINGS
from folkmoot.procedure.plain import limit_said
from folkmoot.procedure.table import Limits
from folkmoot.web.look import links, moments
from folkmoot.web.look.unseen import shown

register = template.Library()


@register.simple_tag(takes_context=True)
def when(context: Mapping[str, Any], moment: datetime | date | None) -> SafeString:
    """Render "in 2 days, Friday 27 November" as `<time>`; a plain date gives the day, None "not known"."""
    if moment is None:
        return format_html('<span class="soft">{}</span>', gettext("not known"))
    if not isinstance(moment, datetime):
        return format_html(
            '<time datetime="{}">{}</time>', moment.isoformat(), moments.day_in_words(moment, _now(context))
        )
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        moments.exact(moment),
        moments.in_words(moment, _now(context)),
    )


@register.simple_tag(takes_context=True)
def when_brief(context: Mapping[str, Any], moment: datetime) -> SafeString:
    """Render "in 2 days" as `<time>` that shows the exact date on hover and on focus."""
    exactly = moments.exact(moment)
    return format_html(
        '<time class="is-brief" tabindex="0" datetime="{}" data-exact="{}">{}'
        '<span class="visually-hidden">, {}</span></time>',
        moment.isoformat(timespec="seconds"),
        exactly,
        moments.relative(moment, _now(context)),
        exactly,
    )


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """Render what `look/parts/status.html` does, for lists in which there are very many."""
    return format_html('<span class="status is-{}">{}</span>', kind, word)


@register.simple_tag
def statuses(signs: Iterable[tuple[str, str]]) -> SafeString:
    """Render several of them, one after the other."""
    return format_html_join(" ", '<span class="status is-{}">{}</span>', signs)


@register.simple_tag
def exact(moment: datetime) -> SafeString:
    """Render "Friday 27 November 2026 at 14:05" as `<time>`."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), moments.exact(moment))


@register.filter
def duration(span: float | timedelta) -> str:
    """Return a length of time, in seconds or as a timedelta, in words: "2 days"."""
    return moments.duration(span.total_seconds() if isinstance(span, timedelta) else span)


@register.filter
def limit(limits: Limits, name: str) -> str:
    """Return one of the procedure's limits in words, "5 days", "5 working days"; `name` as in "report_days"."""
    return limit_said(limits, name)


@register.simple_tag
def time_left(due: datetime, now: datetime, since: datetime | None = None) -> SafeString:
    """Render what is left until `due` as words, date and bar; without `since` the bar is five days."""
    left = moments.time_left(due, now, since or moments.five_days_before(due))
    over = left.urgency is moments.Urgency.OVERDUE
    return format_html(
        '<span class="time-left is-{}"><span class="time-left-words">{}</span>'
        '<time datetime="{}" title="{}">{}</time>'
        '<progress max="1" value="{}" aria-hidden="true"></progress></span>',
        left.urgency,
        left.words,
        due.isoformat(timespec="seconds"),
        moments.exact(due),
        (gettext("was due %(day)s") if over else gettext("by %(day)s"))
        % {"day": moments.day_in_words(moments.local_day(due), now)},
        f"{1.0 if over else left.share:.2f}",
    )


@register.filter
def at_most(number: int, most: int = 1000) -> str:
    """Return a number that was counted up to `most` only: "12", "999+"."""
    return f"{most - 1}+" if number >= most else str(number)


@register.filter
def words(text: str | None) -> SafeString:
    """Return people's words escaped, unseen characters shown; for inside `class="words" dir="auto"`."""
    return shown(text or "")


@register.filter
def web_link(link: str | None) -> str:
    """Return a link that can be followed, or nothing."""
    return links.web_link(link or "")


@register.filter
def bdi(name: object) -> SafeString:
    """Return a name or another short piece of people's words, kept apart from the text around it."""
    return format_html("<bdi>{}</bdi>", shown(str(name)))


@register.simple_tag
def marked(text: str, passage: str | None = None) -> SafeString:
    """Return people's words with the first occurrence of the passage in `<mark>`; white space may differ."""
    place = _place(text, passage or "")
    if place is None:
        return shown(text)
    start, end = place
    return format_html("{}<mark>{}</mark>{}", shown(text[:start]), shown(text[start:end]), shown(text[end:]))


@register.filter
def grouped(code: str) -> SafeString:
    """Return a receipt code in groups of four, of which two stay together when the line breaks."""
    digits = re.sub(r"\s", "", code)
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    pairs = [" ".join(groups[at : at + 2]) for at in range(0, len(groups), 2)]
    return format_html_join(" ", "<span>{}</span>", ((pair,) for pair in pairs))


@register.filter
def letter_body(text: str) -> SafeString:
    """Return a letter's plain text as headings and paragraphs; lines with "> " become a quotation, with "- " a list."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n"))
    return mark_safe("\n".join(_block(block) for block in blocks if block.strip()))  # noqa: S308


@register.filter
def error_target(field: BoundField) -> str:
    """Return the id of the control that an error message leads to: of a list of choices the first one."""
    return str(field.id_for_label or f"{field.auto_id}_0")


def _now(context: Mapping[str, Any]) -> datetime:
    now = context.get("now")
    if not isinstance(now, datetime):
        raise template.TemplateSyntaxError("times in words need `now`, an aware datetime, in the context")
    return now


def _place(text: str, passage: str) -> tuple[int, int] | None:
    pieces = passage.split()
    if not pieces:
        return None
    found = re.search(r"\s+".join(re.escape(piece) for piece in pieces), text)
    return found.span() if found else None


def _block(block: str) -> SafeString:
    if block in HEADINGS:
        return format_html("<h3>{}</h3>", block.capitalize())
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        return format_html(
            '<blockquote class="words" dir="auto">{}</blockquote>',
            shown("\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)),
        )
    if all(line.startswith("- ") for line in lines):
        items = format_html_join("", "<li>{}</li>", ((shown(line.removeprefix("- ")),) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", mark_safe("<br>".join(shown(line) for line in lines)))  # noqa: S308
