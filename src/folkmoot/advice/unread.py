"""Texts that the models cannot read: they learned from English, and make nothing of what is written otherwise."""

from folkmoot.advice.house_style.note import Language
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

_FEW = 4  # of fewer words nobody can say which language they are


def is_not_english(text: str) -> bool:
    """Say whether none of `text` looks like English; of a few words never."""
    post = Post(text)
    written = {word.text for word in post.words if word.text[0].isalpha()}
    return len(written) >= _FEW and post.language is Language.OTHER


def only_english_is_read() -> str:
    """Return the sentence that goes with such a text."""
    return gettext(
        "This does not look like English, and the check reads English only. Numbers, addresses, links and listed words "
        "were looked at, and nothing else."
    )
