"""Who gets in: a token, its owner, their offices at this moment, and how much they have asked already."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from folkmoot.api.caller import VISITOR, Caller
from folkmoot.api.once import comes_in_chunks
from folkmoot.api.parties import party_of
from folkmoot.api.problems import OUT_OF_SCOPE, TOO_MUCH, UNKNOWN, UNREADABLE, Refusal
from folkmoot.api.spending import spend_call
from folkmoot.members.api_tokens import token_hash
from folkmoot.members.models import ApiToken, Scope
from folkmoot.procedure.words import Role
from folkmoot.web.limits import client_address

USED_TO_THE = timedelta(hours=1)


class Forgotten(dict[str, Any]):
    """Stands where pages have a session: what is put in is there for this request, and nowhere afterwards."""

    accessed = modified = False

    def is_empty(self) -> bool:
        """Let nothing be saved."""
        return True


@dataclass(frozen=True)
class Door:
    """Lets in whoever shows a token that is good for `scope` and whose owner holds one of `offices` (if any is named).

    Where `public`, nobody needs a token; one that is shown all the same has to be good. A door for a `party` opens to
    the secret of a letter or a receipt, and to no token. A body without its length is for a `streamed` one only.
    """

    scope: Scope | None
    offices: frozenset[Role] = field(default=frozenset())
    public: bool = False
    party: Role | None = None
    streamed: bool = False

    def __call__(self, request: HttpRequest) -> bool:
        """Return True with the request made a `Caller`, or raise the refusal."""
        caller = cast(Caller, request)
        caller.session = cast(SessionBase, Forgotten())
        caller.token = _shown(caller)
        known = caller.token is not None
        caller.identity = f"token:{caller.token.pk}" if caller.token else f"source:{client_address(request)}"
        caller.spent = spend_call(caller.identity, known=known, at=caller.now)
        if caller.spent.over:
            raise Refusal(TOO_MUCH, retry_after=caller.spent.resets_in)
        if comes_in_chunks(request) and not self.streamed:
            raise Refusal(UNREADABLE, _("Please send the body in one piece, with its length in Content-Length."))
        if self.party is not None:
            caller.token, caller.grant = None, party_of(caller, self.party)
            caller.identity = f"grant:{caller.grant.pk}"  # whatever network it comes from
            return True
        if caller.token is None:
            if not self.public or request.headers.get("Authorization"):
                raise Refusal(UNKNOWN)
            caller.identity = VISITOR  # told apart by their keys alone, which nobody can guess (`once`)
            return True
        self._let_in(caller, caller.token)
        return True

    def _let_in(self, caller: Caller, token: ApiToken) -> None:
        if token.org_id != caller.org.pk:
            raise Http404
        if self.scope is not None:
            require_scope(token, self.scope)
        caller.person, caller.offices = token.owner, token.owner.offices(at=caller.now)
        if self.offices and not caller.offices & self.offices:
            raise Http404
        if token.used_at is None or caller.now - token.used_at >= USED_TO_THE:
            ApiToken.objects.filter(pk=token.pk).update(used_at=caller.now)


def require_scope(token: ApiToken | None, scope: Scope) -> None:
    """Raise a `Refusal` unless the token is good for `scope`."""
    if token is None or scope not in token.scopes:
        raise Refusal(OUT_OF_SCOPE, _("This needs a token with the scope “%(scope)s”.") % {"scope": scope.value})


def _shown(caller: Caller) -> ApiToken | None:
    """Return the token that came with the request if it opens anything."""
    scheme, _space, shown = caller.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    tokens = ApiToken.objects.select_related("owner__org", "owner__user")
    token = tokens.filter(hash=token_hash(shown.strip())).first()
    if token is None or not token.holds(at=caller.now):
        return None
    user = token.owner.user
    return token if user is not None and user.is_active else None
