"""A file of posts as places hand them out: JSON lines in which the words are a small part of what is said."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.common.progress import Progress
from bench.of_archive.changes import written
from bench.of_archive.words import Words

COLUMNS = "text=text,id=id,author=user.screen_name,name=user.name,date=created_at,reply_to=in_reply_to"
_FIRST = datetime(2016, 1, 1, tzinfo=UTC)
_WRITERS = 5000
_LEAST = 8  # words: each post has fingerprints


def make_files(file: Path, part: Path, *, megabytes: int) -> tuple[int, int]:
    """Write `megabytes` of posts, about 1.6 kB each, into `file`, and the first tenth into `part`.

    Returns how many posts are in each. The words are 20 on average, as in short posts; one in three is a reply.
    """
    words, wanted = Words(11), megabytes * 1_000_000
    posts = in_part = size = 0
    progress = Progress("writing the file to import, MB", megabytes)
    with file.open("w", encoding="utf-8") as whole, part.open("w", encoding="utf-8") as tenth:
        while size < wanted:
            posts += 1
            line = json.dumps(_post(posts, words), ensure_ascii=False) + "\n"
            whole.write(line)
            size += len(line)  # nearly all of it is ASCII
            if size <= wanted / 10:
                tenth.write(line)
                in_part = posts
            if posts % 10_000 == 0:
                progress.at(size // 1_000_000)
    return posts, in_part


def _post(number: int, words: Words) -> dict[str, Any]:
    writer = int(_WRITERS * words.random.random() ** 3)
    picture = f"https://images.example.org/{writer:08x}"
    return {
        "created_at": (_FIRST + timedelta(minutes=number * 5 % 5_000_000)).isoformat(),
        "id": str(number),
        "text": written(words, words.post(_LEAST)),
        "truncated": False,
        "lang": "en",
        "source": '<a href="https://example.org/app" rel="nofollow">The place, for telephones</a>',
        "in_reply_to": str(number - words.random.randint(1, number - 1)) if number % 3 == 0 else None,
        "user": _WHO | {"id": writer, "screen_name": f"neighbour{writer}", "name": f"Neighbour {writer}"},
        "pictures": [f"{picture}/banner/1500x500.jpg", f"{picture}/portrait_normal.jpg"],
        "counts": {"quotes": number % 7, "replies": number % 11, "again": number % 13, "hearts": number % 101},
        "entities": {"tags": [], "links": [f"https://links.example.org/{number:012x}"], "mentions": [], "signs": []},
    }


_WHO: dict[str, Any] = {
    "id": 0,
    "screen_name": "",
    "name": "",
    "location": "Hartfield",
    "description": "Lives by the canal. Reads the minutes so that you need not. Opinions are those of the cat.",
    "url": "https://neighbours.example.org/",
    "protected": False,
    "verified": False,
    "followers_count": 217,
    "friends_count": 340,
    "listed_count": 3,
    "favourites_count": 1841,
    "statuses_count": 5120,
    "created_at": "2012-03-04T05:06:07Z",
    "geo_enabled": False,
    "contributors_enabled": False,
    "is_translator": False,
    **{f"profile_{part}_color": "C0DEED" for part in ("background", "link", "sidebar_border", "sidebar_fill", "text")},
    "profile_background_image_url": "https://images.example.org/themes/theme1/background.png",
    "profile_use_background_image": True,
    "default_profile": True,
    "default_profile_image": False,
    "following": None,
    "notifications": None,
    "withheld_in_countries": [],
}
