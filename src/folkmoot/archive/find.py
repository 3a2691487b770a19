"""Finding the post that somebody means."""

from folkmoot.archive.models import Post
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.text import match_key
from folkmoot.members.models import Organisation


def text_key(text: str) -> str:
    """Return the key under which posts of the same words are found; 64 hexadecimal digits."""
    return digest(match_key(text).encode("utf-8", "surrogatepass"))


def post_meant(org: Organisation, *, link: str, words: str) -> Post | None:
    """Return the post at `link`, or the only post with exactly `words`; `None` when it is not clear."""
    if link:
        found = Post.objects.within(org).filter(url=link)[:2]
        if len(found) == 1:
            return found[0]
    if words:
        found = Post.objects.within(org).filter(text_key=text_key(words))[:2]
        if len(found) == 1:
            return found[0]
    return None
