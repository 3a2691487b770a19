"""Which words a letter has now: the organisation's newest edition, or those that come with Folkmoot."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from folkmoot.editions.current import current_letter
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.members.models import Organisation
from folkmoot.notices.wording import Wording, read

_FOLDER = Path(__file__).parent / "templates" / "notices"


@dataclass(frozen=True)
class InForce:
    """A letter's subject and body, read, and the name by which the record knows them."""

    subject: Wording
    body: Wording
    label: str


@dataclass(frozen=True)
class Template:
    """A letter's subject and body as an administrator types them."""

    subject: str
    body: str

    @property
    def fingerprint(self) -> str:
        """Return the sha256 of both."""
        return digest(canonical_bytes({"subject": self.subject, "body": self.body}))


def wording_in_force(org: Organisation, key: str) -> InForce:
    """Return the words in which the letter `key` is written for `org` now."""
    edition = current_letter(org, key)
    if edition is None or edition.is_shipped:
        return _shipped(key)
    subject, body = _read(edition.subject, edition.body)
    return InForce(subject, body, f"{key} {edition.number}")


@cache
def shipped(key: str) -> Template:
    """Return the template that comes with Folkmoot; its first line is "Subject: ..."."""
    subject, _, body = (_FOLDER / f"{key}.txt").read_text(encoding="utf-8").partition("\n")
    return Template(subject.removeprefix("Subject:").strip(), body.strip() + "\n")


@cache
def _shipped(key: str) -> InForce:
    template = shipped(key)
    return InForce(read(template.subject), read(template.body), f"{key} shipped {template.fingerprint[:16]}")


@lru_cache(maxsize=256)
def _read(subject: str, body: str) -> tuple[Wording, Wording]:
    return read(subject), read(body)
