"""By which hash the register knows somebody outside who gets checkpoints: salted, for it is personal."""

from folkmoot.kernel.canonical import canonical_bytes, commitment
from folkmoot.members.models import Outsider


def outsider_mark(outsider: Outsider) -> str:
    """Return the salted hash of a name, an address and how often somebody gets checkpoints."""
    facts = {"name": outsider.name, "email": outsider.email, "rhythm": str(outsider.rhythm)}
    return commitment(bytes(outsider.salt), canonical_bytes(facts).decode())
