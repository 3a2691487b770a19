"""Routes: what `@router.reads` and `@router.writes` put around a view."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel

from folkmoot.api.caller import Caller
from folkmoot.api.door import Door
from folkmoot.api.moved import moved_on
from folkmoot.api.once import Body, once, once_each, once_streamed, what_was_asked
from folkmoot.api.shapes import Problem
from folkmoot.kernel.errors import StalePage
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Role, Step

S = TypeVar("S", bound=Callable[..., BaseModel])
V = TypeVar("V", bound=Callable[..., BaseModel | HttpResponse | None])
E = TypeVar("E", bound=Callable[..., tuple[Sequence[Any], Callable[[Any], BaseModel]]])
READ_PROBLEMS = (400, 401, 403, 404, 422, 429)
WRITE_PROBLEMS = (*READ_PROBLEMS, 409, 413)
STREAMED = ("body", "still_at_it")  # what the view of a stream gets from us


class Routes(Router):
    """The routes about one noun, `tag`, under the address of an organisation."""

    def __init__(self, tag: str) -> None:
        super().__init__(tags=[tag])

    def reads(
        self,
        path: str,
        *,
        scope: Scope | None = Scope.READ,
        offices: Sequence[Role] = (),
        returns: type[BaseModel] | None,
        media: Sequence[str] = (),
        party: Role | None = None,
    ) -> Callable[[V], V]:
        """Register a GET that answers `returns`, or a file of one of the kinds `media`.

        With `party` it opens to the secret of theirs, and to no token.
        """

        def register(view: V) -> V:
            @wraps(view)
            def answer(request: Caller, **named: Any) -> HttpResponse:
                return _said(view(request, **named), 200)

            door = Door(None if party else scope, frozenset(offices), public=scope is None, party=party)
            more = {"x-media": list(media)}
            self._add(path, "GET", answer, door, {200: returns}, READ_PROBLEMS, more)
            return cast(V, answer)

        return register

    def asks(self, path: str, *, returns: type[BaseModel]) -> Callable[[V], V]:
        """Register a POST that needs no token, keeps nothing and answers `returns`: what is asked is no address.

        Whatever it does twice it does anew, so it has no `Idempotency-Key`, and its answer is not kept for one.
        """

        def register(view: V) -> V:
            @wraps(view)
            def answer(request: Caller, **named: Any) -> HttpResponse:
                return _said(view(request, **named), 200)

            more = {"x-steps": [], "x-keeps": False}
            problems = (*READ_PROBLEMS, 413)
            self._add(path, "POST", answer, Door(None, frozenset(), public=True), {200: returns}, problems, more)
            return cast(V, answer)

        return register

    def writes(
        self,
        path: str,
        *,
        scope: Scope | None,
        offices: Sequence[Role] = (),
        returns: type[BaseModel] | None,
        status: int = 200,
        method: str = "POST",
        steps: Sequence[Step] = (),
        public: bool = False,
        party: Role | None = None,
    ) -> Callable[[V], V]:
        """Register a write that answers `returns` (none: 204) once per `Idempotency-Key`, in one transaction.

        `public`: a token is not needed, but has to be good for `scope` where one is shown. With `party` it opens to
        the secret of theirs, and to no token.
        """
        answered = status if returns else 204

        def register(view: V) -> V:
            @wraps(view)
            def answer(request: Caller, **named: Any) -> HttpResponse:
                try:
                    work = lambda: _said(view(request, **named), answered)  # noqa: E731
                    return once(request, what_was_asked(request), work)
                except StalePage as stale:
                    return moved_on(request, named.get("case"), named.values(), stale)

            door = Door(scope, frozenset(offices), public=public or scope is None, party=party)
            more = {"x-steps": [step.value for step in steps]}
            self._add(path, method, answer, door, {answered: returns}, WRITE_PROBLEMS, more)
            return cast(V, answer)

        return register

    def does_each(
        self,
        path: str,
        *,
        scope: Scope,
        offices: Sequence[Role],
        returns: type[BaseModel],
        steps: Sequence[Step],
    ) -> Callable[[E], E]:
        """Register a POST that does the same to several things, each in a transaction of its own.

        The view returns what they are, and what does it to one; `returns` is made of what came of each.
        """

        def register(view: E) -> E:
            @wraps(view)
            def answer(request: Caller, **named: Any) -> HttpResponse:
                items, do = view(request, **named)
                return once_each(
                    request,
                    what_was_asked(request),
                    items,
                    lambda item: do(item).model_dump(mode="json"),
                    lambda done: _said(returns.model_validate({"cases": done}), 200),
                )

            more = {"x-steps": [step.value for step in steps]}
            self._add(path, "POST", answer, Door(scope, frozenset(offices)), {200: returns}, WRITE_PROBLEMS, more)
            return cast(E, answer)

        return register

    def takes(
        self,
        path: str,
        *,
        scope: Scope,
        offices: Sequence[Role],
        returns: type[BaseModel],
        media: str,
        line: type[BaseModel],
    ) -> Callable[[S], S]:
        """Register a POST of a stream of `media`, each line of it a `line`, which the view gets as its first argument.

        It is no single transaction: the view keeps parts as they come, and begun anew it does no harm. It calls its
        second argument after each part.
        """

        def register(view: S) -> S:
            @wraps(view)
            def answer(request: Caller, **named: Any) -> HttpResponse:
                body = Body(request)
                return once_streamed(request, body, lambda still: _said(view(request, body, still, **named), 200))

            signature = inspect.signature(view)
            named = [one for one in signature.parameters.values() if one.name not in STREAMED]
            vars(answer)["__signature__"] = signature.replace(parameters=named)
            more = {"x-stream": media, "x-line": line.model_json_schema()}
            self._add(
                path,
                "POST",
                answer,
                Door(scope, frozenset(offices), streamed=True),
                {200: returns},
                WRITE_PROBLEMS,
                more,
            )
            return cast(S, answer)

        return register

    def _add(
        self,
        path: str,
        method: str,
        view: Callable[..., Any],
        door: Door,
        answers: dict[int, type[BaseModel] | None],
        problems: Sequence[int],
        more: Mapping[str, Any],
    ) -> None:
        summary, _blank, rest = (view.__doc__ or "").strip().partition("\n")
        self.add_api_operation(
            path,
            [method],
            view,
            auth=door,
            operation_id=f"{view.__module__.rpartition('.')[2]}_{view.__name__}",
            response={**answers, **dict.fromkeys(problems, Problem)},
            summary=summary,
            description=_unindented(rest),
            openapi_extra={
                "x-scope": door.scope.value if door.scope else "",
                "x-offices": sorted(door.offices),
                "x-public": door.public,
                "x-party": door.party.value if door.party else "",
                **more,
            },
        )


def _said(answer: BaseModel | HttpResponse | None, status: int) -> HttpResponse:
    """Return the answer as it leaves, so that what is kept for a second sending is what was sent."""
    if isinstance(answer, HttpResponse):
        return answer
    body = answer.model_dump_json().encode() if answer is not None else b""
    return HttpResponse(body, status=status, content_type="application/json")


def _unindented(text: str) -> str:
    return " ".join(text.split())
