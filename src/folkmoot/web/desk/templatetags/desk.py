"""Small filters of the desk's pages: what is known of a post, and rows looked up by number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from folkmoot.archive.models import Post
from folkmoot.outbox.models import Item
from folkmoot.web.desk import evidence, words

register = template.Library()


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


@register.filter
def web_link(link: str) -> str:
    """Return a link that can be followed, or nothing."""
    return evidence.web_link(link)


@register.filter
def state(post: Post) -> str:
    """Return how the post is seen where that is more than *published*; `post.item` is loaded beforehand."""
    item: Item | None = getattr(post, "item", None)
    if item and item.observed == Item.Visibility.GONE:
        return _("Not let through") if post.state == Post.State.HELD else _("Removed")
    if post.state == Post.State.HELD and not (item and item.observed == Item.Visibility.VISIBLE):
        return _("Waits for approval")
    return ""
