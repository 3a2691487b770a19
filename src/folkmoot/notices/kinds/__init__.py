"""What letters there are: who gets each and when, what it is given, and what it must say."""

from folkmoot.notices.kinds.author import AUTHOR
from folkmoot.notices.kinds.kind import Audience, Kind, Part
from folkmoot.notices.kinds.names import NAMES, Known
from folkmoot.notices.kinds.others import OFFICERS, REPORTERS, TARGETS

KINDS = {kind.key: kind for kind in (*AUTHOR, *REPORTERS, *TARGETS, *OFFICERS)}

__all__ = ["KINDS", "NAMES", "Audience", "Kind", "Known", "Part"]
