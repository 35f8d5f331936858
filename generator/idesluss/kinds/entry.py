"""What every kind of entry has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from idesluss.body.parts import EMPTY, Body, Section
from idesluss.kinds.fields import (
    Day,
    Link,
    Picture,
    Redaction,
    Slug,
    StatedStep,
    Summary,
    Title,
    field,
)


class SectionName(NamedTuple):
    """A section of the body that a kind knows: its key, the headings that name it, and whether it must be there."""

    key: str
    english: tuple[str, ...]
    swedish: tuple[str, ...]
    required: bool = False


class Entry(BaseModel):
    """One file of `ideas/`: its front matter as fields, its prose as a safe body, and where it came from."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    kind: ClassVar[str]
    folder: ClassVar[str]
    label: ClassVar[str]
    plural: ClassVar[str]
    words: ClassVar[Mapping[str, str]]
    """The first part of the address, by language."""
    sections: ClassVar[tuple[SectionName, ...]] = ()
    internal_by_default: ClassVar[bool] = False
    """Whether an entry of this kind is internal in a private repository unless it says otherwise."""

    title: Title = field("Title", "What it is, in a few words", asked="hand-in")
    summary: Summary | None = field("Summary", "One or two sentences of plain text", default=None)
    example: bool = field("Invented example", "Made up to show how it works; the page says so", default=False)
    visibility: Literal["public", "internal"] | None = field("Visibility", "Who may read it", default=None)
    publish_from: Day | None = field("Publish from", "Not shown to the public before this date", default=None)
    language: Literal["sv", "en"] | None = field("Language", "If another than the portal's", default=None)
    themes: tuple[Slug, ...] = field("Themes", "Themes from idesluss.yml", default=())
    image: Picture | None = field("Picture", default=None)
    links: tuple[Link, ...] = field("Links", default=())
    formerly: tuple[Slug, ...] = field("Former names", "File names that it had before; they lead here", default=())
    history: tuple[StatedStep, ...] = field(
        "Stated history", "Steps from before the idea came to git; shown as stated", default=()
    )
    redacted: Redaction | None = field("Redacted", "When and why something was taken out", default=None)

    id: SkipJsonSchema[str] = Field("", exclude=True)
    path: SkipJsonSchema[str] = Field("", exclude=True)
    body: SkipJsonSchema[Any] = Field(EMPTY, exclude=True)
    extra: SkipJsonSchema[Mapping[str, Any]] = Field({}, exclude=True)
    """The instance's own fields, from idesluss.yml."""

    def section(self, key: str) -> Section | None:
        """The section of the body with this key, such as "problem", or None."""
        body: Body = self.body
        return body.section(key)


OWN = frozenset({"id", "path", "body", "extra"})
"""What the reader fills in; nobody may write these in front matter."""
