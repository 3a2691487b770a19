"""The request of a program, after its door."""

from folkmoot.api.spending import Spent
from folkmoot.casefile.models import Grant
from folkmoot.members.models import ApiToken
from folkmoot.web.access import OfficerRequest

VISITOR = "visitor"  # whoever has neither a token nor a secret: many share one network, and one moves between several


class Caller(OfficerRequest):
    """A request that came through its `Door`; without a token there is neither `person` nor an office."""

    token: ApiToken | None
    grant: Grant  # of a party, where the door is one for parties
    spent: Spent
    identity: str  # who asks, for what is kept per caller: "token:3", "grant:7" or `VISITOR`
