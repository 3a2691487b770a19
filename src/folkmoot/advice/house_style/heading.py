"""A heading that says nothing (P1): "Update" where the news could stand."""

import re
from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import each, word_list, words_of
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

_NOUNS = each(
    "update updates news announcement announcements statement notice newsletter message "
    "information info thoughts reminder bulletin release report post read important"
)
_HEADING = re.compile(r"[ \t]{0,20}(?:#{1,6}[ \t]{1,5}|\*\*)?([^\n]{1,80}?)(?:\*\*)?[ \t:!.]{0,8}(?:\n|$)")


def look(post: Post) -> Iterator[Note]:
    """Yield the first line where something follows it and it has none but empty words."""
    start = len(post.raw) - len(post.raw.lstrip())
    found = _HEADING.match(post.raw, start)
    if found is None or not post.raw[found.end() :].strip():
        return
    words = {word.text for word in words_of(found[1])}
    if words and words <= word_list("empty_headings") and words & _NOUNS:
        yield Note(
            "heading",
            "P1",
            *found.span(1),
            gettext("This heading does not say what it is about."),
            gettext("Put the news itself there, such as “The library opens on Saturdays again”."),
        )
