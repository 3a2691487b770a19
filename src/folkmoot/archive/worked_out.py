"""What is worked out from the words of a new post without a database: any process may do it ahead of the writer."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from folkmoot.archive.words import indexed
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.text import match_key
from folkmoot.procedure.cascade.prints import kept

TokenWriter = Callable[[list[str]], str]  # how the index of a database writes tokens: `indexes.writing_on`


class WorkedOut(NamedTuple):
    """What the archive keeps of words beside the words."""

    text_key: str  # of the text alone
    tokens: str  # of the text and of what was with it, as the index writes them
    prints: tuple[int, ...]  # of both, in order


class NewWords(NamedTuple):
    """Words of a post that the archive had not before."""

    post_id: int
    org_id: int
    platform_id: int
    account_id: int | None
    posted_at: datetime
    worked_out: WorkedOut


def worked_out(text: str, attachments: str, writing: TokenWriter) -> WorkedOut:
    """Return what is kept of a post; `writing` is the way of the index that it goes into."""
    prints = kept(text) | kept(attachments) if attachments else kept(text)
    tokens = indexed(filter(None, (text, attachments)))
    return WorkedOut(text_key(text), writing(tokens), tuple(sorted(prints)))


def text_key(text: str) -> str:
    """Return the key under which posts of the same words are found; 64 hexadecimal digits."""
    return digest(match_key(text).encode("utf-8", "surrogatepass"))
