"""The policy as text: packs of clauses, their loader and their checks. No Django and no database."""

from folkmoot.standards.canonical import canonical_bytes, fingerprint
from folkmoot.standards.faults import Fault, PackFault, UnknownPack
from folkmoot.standards.model import Clause, Heading, Kind, Pack, Scope
from folkmoot.standards.packs import check_pack, find_pack, installed_packs, load_pack, load_parent_pack

__all__ = [
    "Clause",
    "Fault",
    "Heading",
    "Kind",
    "Pack",
    "PackFault",
    "Scope",
    "UnknownPack",
    "canonical_bytes",
    "check_pack",
    "find_pack",
    "fingerprint",
    "installed_packs",
    "load_pack",
    "load_parent_pack",
]
