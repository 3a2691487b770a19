"""Small tags of the desk's pages: what is known of a post, rows looked up by number, when a case settles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from folkmoot.archive.models import Post
from folkmoot.archive.words import Query, around, pieces
from folkmoot.casefile.models import Case
from folkmoot.casefile.record import procedure_of
from folkmoot.steps.make_final import settles_by_silence
from folkmoot.web.desk import evidence, words
from folkmoot.web.desk.news import news
from folkmoot.web.desk.post_state import Shown, state_of
from folkmoot.web.forms import StepForm
from folkmoot.web.look.templatetags.look import when, when_brief
from folkmoot.web.look.unseen import shown

register = template.Library()


@register.inclusion_tag("desk/_news.html", takes_context=True)
def news_since(context: Mapping[str, Any], case: Case, form: StepForm | None) -> dict[str, Any]:
    """Show what came since the page of `form` was opened, where its step was refused for that; else nothing."""
    since = form.stale_since if isinstance(form, StepForm) else None
    moments = news(case, since) if since is not None else []
    return {"news": moments, "case": case, "org": context["org"], "now": context["now"]}


@register.filter
def at(table: Mapping[int, Any], key: int) -> Any:
    """Return what `table` holds for `key`, or None."""
    return table.get(key)


@register.filter
def author(post: Post) -> str:
    """Return who wrote the post; empty when nobody knows."""
    return words.author(post)


@register.filter
def known_time(post: Post) -> datetime | None:
    """Return when the post was written; None when nobody knows."""
    return evidence.known_time(post)


@register.simple_tag
def found(text: str, asked: Query, most: int = 600) -> SafeString:
    """Return people's words with what was looked for in `<mark>`; of a long text, what is around the first place."""
    parts = ((shown(piece), hit) for piece, hit in pieces(around(text, asked, most=most), asked))
    return mark_safe("".join(f"<mark>{piece}</mark>" if hit else piece for piece, hit in parts))  # noqa: S308


@register.simple_tag
def said_in(parts: Sequence[tuple[str, bool]]) -> SafeString:
    """Return people's words, with the pieces that are somebody else's as `<q>`."""
    made = (f'<q class="taken">{shown(piece)}</q>' if taken else shown(piece) for piece, taken in parts)
    return mark_safe("".join(made))  # noqa: S308


@register.filter
def state(post: Post) -> Shown:
    """Return how the post is seen, with its sign; `post_state.with_state` loads beforehand what it needs."""
    return state_of(post)


@register.simple_tag(takes_context=True)
def by_itself(context: Mapping[str, Any], case: Case, *, brief: bool = False) -> SafeString:
    """Render when the case becomes final by itself; for a minute, the rule while somebody who sat is untold."""
    at = settles_by_silence(case)
    if at is None:
        hours = procedure_of(case).limits.objection_hours
        return escape(_("%(hours)s hours after everybody who sat has been told") % {"hours": hours})
    return when_brief(context, at) if brief else when(context, at)
