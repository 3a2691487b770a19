"""The invented posts of `examples.yaml`."""

from pathlib import Path
from typing import NamedTuple

import yaml


class Bad(NamedTuple):
    """A post with something wrong in it, and all that is to be found: the point, and the words that it marks."""

    text: str
    found: list[tuple[str, str]]
    campaign: bool


_READ = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8"))
GOOD: dict[str, str] = _READ["good"]
BAD = {
    name: Bad(one["text"], [(point, words) for point, words in one["found"]], one.get("campaign", False))
    for name, one in _READ["bad"].items()
}
OTHER_LANGUAGES: dict[str, str] = _READ["other_languages"]
LONG = BAD["a long sentence"].text
