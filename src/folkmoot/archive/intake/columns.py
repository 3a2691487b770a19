"""Which column of a file holds what."""

import re
from collections.abc import Mapping, Sequence

from folkmoot.archive.intake.rows import shown
from folkmoot.kernel.errors import BadInput

FIELDS = {
    "text": "the words of the post",
    "author": "the author’s handle or address at that place",
    "name": "the author’s name as shown there",
    "date": "when it was posted",
    "url": "the link to the post",
    "state": "whether it is published, or held for approval",
    "id": "the post’s own id at that place",
    "thread": "the id of the thread’s first post",
    "reply_to": "the id of the post that it answers",
    "quotes": "the id of the post that it quotes",
    "attachments": "what was with it, in words",
    "deleted": "whether the place has deleted it",
}

_OBVIOUS = {
    "text": "text full_text tweet message body content post comment post_text message_text comment_text",
    "author": "author username user_name handle screen_name account sender author_handle from",
    "name": "name display_name author_name full_name",
    "date": "date created_at posted_at timestamp datetime date_time created published_at sent_at time",
    "url": "url link permalink post_url",
    "state": "state moderation_state",
    "id": "id post_id tweet_id message_id comment_id native_id id_str",
    "thread": "thread thread_id conversation_id root_id",
    "reply_to": "reply_to in_reply_to parent_id in_reply_to_status_id reply_to_id parent",
    "quotes": "quotes quoted_id quoted_status_id quoted_status_id_str quote_of",
    "attachments": "attachments attachment media_description alt_text",
    "deleted": "deleted is_deleted deleted_at",
}

Columns = dict[str, str]
"""Field to column name, for the fields that the file has."""


def chosen(text: str, columns: Sequence[str]) -> dict[str, str]:
    """Read "text=tweet,date=" as fields and their columns; an empty column says that the file has no such field.

    Raises `BadInput` that names what there is to choose from.
    """
    found: dict[str, str] = {}
    names = "|".join(FIELDS)
    for part in re.split(rf",(?=\s*(?:{names})\s*=)", text):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or field not in FIELDS:
            raise BadInput(
                f"“{part.strip()}” is no part of a map. It should look like text=tweet,date=created_at; "
                f"what can be mapped is: {', '.join(FIELDS)}.",
                field="map",
            )
        if column and column not in columns:
            raise BadInput(f"The file has no column “{column}”. {listed(columns)}", field="map")
        if column and columns.count(column) > 1:
            raise BadInput(f"The file has more than one column “{column}”. Give one another name.", field="map")
        found[field] = column
    return found


def guessed(known: Mapping[str, str], columns: Sequence[str]) -> Columns:
    """Return `known` (less what is empty) and, for fields that it leaves open, the columns with obvious names."""
    free = {_plain(column): column for column in columns if column not in known.values()}
    found = dict(known)
    for field, names in _OBVIOUS.items():
        if field not in found:
            fitting = [free[name] for name in names.split() if name in free]
            if len(fitting) == 1 or (fitting and field != "text"):
                found[field] = fitting[0]
                free.pop(_plain(fitting[0]))
    return {field: column for field, column in found.items() if column}


def listed(columns: Sequence[str]) -> str:
    """Return a sentence that names the columns."""
    return "Its columns are: " + ", ".join(shown(column) or "(without a name)" for column in columns) + "."


def _plain(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().casefold())
