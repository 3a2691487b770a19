"""What goes in and out: the base of all shapes, and the kinds of values that they share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import single_line, typed

MOST = 2**63 - 1  # the highest number that a database gives a row
_LONGEST = 20_000  # characters of words


class Sent(BaseModel):
    """What a caller sends: a field that nobody knows is refused, since it would be thought to have worked."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """What is answered."""

    model_config = ConfigDict(extra="forbid")


def example(*said: Mapping[str, Any]) -> ConfigDict:
    """Return the `model_config` of a shape with these examples."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [dict(one) for one in said]})


def _kept(text: str) -> str:
    """Return what was sent as forms keep what is typed: trimmed, with Unix line ends, and nothing that nobody typed."""
    try:
        return typed(text, field="", limit=_LONGEST, required=False)
    except BadInput as error:
        raise ValueError(str(error)) from error


def _on_one_line(text: str) -> str:
    return single_line(_kept(text))


Number = Annotated[int, Field(ge=1, le=MOST)]
Words = Annotated[str, AfterValidator(_kept), Field(max_length=_LONGEST)]
Line = Annotated[str, AfterValidator(_on_one_line), Field(max_length=1_000)]
Moment = Annotated[datetime, Field(description="ISO 8601, with its offset")]
Seen = Annotated[
    int | None,
    Field(
        default=None,
        ge=0,
        le=MOST,
        description="The case’s `seq` that you read. Where something has happened since, the answer is 409 with it.",
    ),
]


class FieldError(Shown):
    """What is wrong in one field."""

    field: str
    message: str


class NewThing(Shown):
    """Something that happened in a case since it was read."""

    seq: int
    at: Moment
    step: str
    words: str


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "/api/v1/#problem-invalid",
                    "title": "That could not be taken",
                    "status": 422,
                    "detail": "Please tell us what happened.",
                    "errors": [{"field": "words", "message": "Please tell us what happened."}],
                }
            ]
        },
    )

    type: str = Field(description="Which kind of problem: an address of the page that explains it")
    title: str
    status: int
    detail: str = Field(description="What happened this time, as a sentence that can be shown to a person")
    errors: list[FieldError] = Field(default=[], description="Of an `invalid`: what is wrong where")
    new: list[NewThing] = Field(default=[], description="Of a `moved-on`: what happened since you read the case")
    seen: int | None = Field(default=None, description="Of a `moved-on`: the case’s `seq` now")
    taken: dict[str, Any] | None = Field(default=None, description="Of a `broken-off`: what came of the lines before")
    retry_after: int | None = Field(default=None, description="Of a `too-much`: seconds to wait")
