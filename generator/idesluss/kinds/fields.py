"""The field types that kinds are made of, and `field`, which says all that is to be known of one field."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from idesluss.workdays import YEARS

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 80

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\n]*$")]
"""One line of plain text."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Plain text that may run over lines."""
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\n]*$")]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Slug = Annotated[str, StringConstraints(max_length=SLUG_LENGTH, pattern=SLUG)]
Reference = Annotated[
    str, StringConstraints(max_length=2 * SLUG_LENGTH + 1, pattern=r"^([a-z0-9-]+:)?[a-z0-9]+(-[a-z0-9]+)*$")
]
"""The id of another entry, or `instance:id` for an entry of another idésluss."""


def _in_calendar(value: str) -> str:
    if not YEARS[0] <= int(value[:4]) <= YEARS[1]:
        raise PydanticCustomError("no_such_year", "there is no such year")
    if len(value) == 10:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no_such_day", "there is no such day") from None
    return value


Day = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
    AfterValidator(_in_calendar),
]
"""A date as YYYY-MM-DD."""
Moment = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
    AfterValidator(_in_calendar),
]
"""A date as precise as it is known: YYYY, YYYY-MM or YYYY-MM-DD. Sorts as text."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3])[:.][0-5]\d$")]
"""A time of day as HH:MM."""
WebAddress = Annotated[
    str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"'\\/?#\[\]]+([/?#][^\s<>\"'\\]*)?$")
]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Kronor = Annotated[int, Field(ge=0, le=10_000_000_000_000)]
"""An amount in Swedish kronor."""
File = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A file below ideas/media/, named from there."""
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
"""A colour as #rrggbb."""
Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"]
StageName = Literal[
    "submitted", "answered", "assessed", "concept", "test", "pilot", "implemented", "verified",
    "parked", "referred", "combined", "closed", "withdrawn",
]  # fmt: skip


def field(
    label: str,
    help: str = "",  # noqa: A002 - the word that users know
    *,
    default: Any = ...,
    to: tuple[str, ...] = (),
    asked: str = "",
    private: bool = False,
    **bounds: Any,
) -> Any:
    """Describe a field once, for reading, messages, schema, forms, handbook and exports.

    `label` and `help` are English msgids. `to` names the kinds that a reference may point at. `asked` is the stage
    whose gate asks for the field ("hand-in" for the first three). A `private` field never leaves the instance.
    """
    notes: dict[str, Any] = {key: value for key, value in (("to", to), ("asked", asked), ("private", private)) if value}
    return Field(default, title=label, description=help or None, json_schema_extra={"x-idesluss": notes}, **bounds)


class Part(BaseModel):
    """A group of fields inside an entry, such as a test or a decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def not_before(end: str | None, start: str | None) -> str | None:
    """An end, as precise as both are known not before its start."""
    if end and start and end[: len(start)] < start[: len(end)]:
        raise PydanticCustomError("ends_first", "it ends before it begins")
    return end


class Period(Part):
    start: Moment = field("Start")
    end: Moment | None = field("End", default=None)

    @field_validator("end")
    @classmethod
    def _not_before_start(cls, end: str | None, told: ValidationInfo) -> str | None:
        return not_before(end, told.data.get("start"))


class Link(Part):
    title: Line = field("Text of the link")
    url: WebAddress = field("Web address")


class Picture(Part):
    file: File = field("File in ideas/media/")
    alt: Line | None = field("Text for those who do not see the picture", default=None)
    credit: Line | None = field("Who made the picture", default=None)


class StatedStep(Part):
    """A step of an older idea, told by whoever brought the idea in; git does not prove it."""

    stage: StageName = field("Stage")
    date: Moment = field("Date")
    reason: Prose | None = field("Reason", default=None)


class Redaction(Part):
    """The one legal way to take out what the history shows."""

    date: Day = field("Date")
    reason: Line = field("Reason")


class Effect(Part):
    goal: Reference | None = field("Goal", default=None, to=("goal",))
    measure: Line = field("What was measured")
    baseline: Line | None = field("Before", default=None)
    result: Line | None = field("After", default=None)
    date: Moment | None = field("Date of the result", default=None)
    reached: bool | None = field("Reached the target", default=None)


class Contribution(Part):
    """An actor and the part that it plays."""

    actor: Reference = field("Actor", to=("actor", "unit"))
    part: Line = field("Part", "For example research, funder, tester, supplier")


class QualityReference(Part):
    system: Line = field("Quality system")
    id: Line = field("Document or case there")


def part_of(annotation: Any) -> type[BaseModel] | None:
    """The model of the fields inside a field, such as a test's, from the field's annotation; None for plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for part in map(part_of, get_args(annotation)) if part), None)


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The fixed values that a field may have, from the field's annotation; none where it may have others."""
    arguments = get_args(annotation)
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return tuple(arguments)
    return tuple(word for argument in arguments for word in choices_of(argument))
