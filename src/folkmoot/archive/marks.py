"""By which hashes the record knows a place, and where an author can be reached."""

from folkmoot.archive.models import Contact, Platform
from folkmoot.kernel.canonical import canonical_bytes, commitment, digest
from folkmoot.kernel.times import stamp


def place_mark(place: Platform) -> str:
    """Return the hash of what a place is called and where it is."""
    return digest(canonical_bytes({"name": place.name, "slug": place.slug, "url": place.url}))


def contact_mark(contact: Contact) -> str:
    """Return the salted hash of an address: whose account's it is, who said so, when, and how they knew."""
    facts = {
        "account": contact.account_id,
        "address": contact.address,
        "source": contact.source,
        "by": contact.added_by_id,
        "at": stamp(contact.added_at),
    }
    return commitment(bytes(contact.salt), canonical_bytes(facts).decode())
