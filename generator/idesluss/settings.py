"""What one instance decides for itself, read from `idesluss.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from idesluss import translate, web_address
from idesluss.kinds import BY_NAME
from idesluss.kinds.fields import Day, Licence, Line, Moment, Prose, Slug, StageName, Title, WebAddress, field
from idesluss.problem import Place, Problem, Severity, Text, text
from idesluss.source import Source, parse_plain
from idesluss.stages import STAGES
from idesluss.validation import validate

FILE = "idesluss.yml"
NO_LINKS: Mapping[str, Text] = MappingProxyType(
    {FILE: text("put the file itself here"), "ideas": text("put the folder itself here")}
)
"""What must lie in the instance's folder itself, since through a link anything might be shown; and the way out."""

KindName = Literal[
    "idea", "need", "case", "adoption", "method", "barrier", "unit", "coach", "actor", "goal", "event", "project"
]
DataTheme = Literal[
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"
]
"""A code of https://publications.europa.eu/resource/authority/data-theme."""
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(_Part):
    id: Slug = field("Id", "The last part of the address of the theme's page")
    title: Title = field("Title")
    summary: Line | None = field("Summary", default=None)


class Label(_Part):
    sv: Line | None = field("Swedish", default=None)
    en: Line | None = field("English", default=None)


class LocalField(_Part):
    """A field that this instance adds to a kind."""

    type: Literal["line", "text", "number", "date", "yes_no", "choice", "list", "link"] = field("Type")
    label: Label = field("Label", default=Label())
    help: Label = field("Help", default=Label())
    choices: tuple[Line, ...] = field("Choices", "For the type choice", default=())
    required: bool = field("Required", default=False)
    private: bool = field("Never shown to the public", default=False)


class OpenDoor(_Part):
    """A group whose ideas the instance takes in, and from when."""

    group: Literal["employee", "manager", "resident", "company", "association", "authority", "student"] = field("Group")
    since: Day | None = field("Since", default=None)


class Gap(_Part):
    """Something in the portal that not everybody can use."""

    what: Prose = field("What does not work", "And for whom")
    why: Literal["not_yet", "burden", "outside_law"] = field(
        "Why", "Not mended yet, an undue burden, or something that the law leaves out", default="not_yet"
    )
    reason: Prose | None = field("Reason", "Told for an undue burden", default=None)
    by: Moment | None = field("Mended by", default=None)


class Accessibility(_Part):
    """What the accessibility statement says that only people can judge."""

    status: Literal["full", "partly", "not"] | None = field(
        "How far the law's demands are met", "Without a review by people nobody can know", default=None
    )
    reviewed: Day | None = field("Reviewed by people", "The day of the latest review", default=None)
    method: Prose | None = field("How it was reviewed", "By whom, with what, which pages", default=None)
    gaps: tuple[Gap, ...] = field("Known gaps", default=())
    note: Prose | None = field("Note", "A paragraph of your own", default=None)


class Settings(BaseModel):
    """The settings of an instance: its name and address, what is public, its themes, labels and own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Title = field("Name", "The name of the portal")
    owner: Line = field("Owner", "The organisation that answers for the portal")
    owner_type: Literal["municipality", "region", "state", "academia", "company", "association"] | None = field(
        "The owner's type", "Told in the description of the open data", default=None
    )
    owner_url: WebAddress | None = field(
        "The owner's web address", "Names the publisher of the open data", default=None
    )
    description: Prose | None = field("Description", "What the portal is, in a sentence", default=None)
    address: Annotated[
        WebAddress, StringConstraints(pattern=r"^https?://[^\s?#]+/$"), AfterValidator(web_address.for_programs)
    ] = field("Address", "Where the portal is published, with a / at the end")
    language: Literal["sv", "en"] = field("Language", default="sv")
    instance: Slug | None = field(
        "Short name", "How other instances name this one, as in helsingborg:lanebank", default=None
    )
    repository: Literal["public", "private"] = field(
        "Repository", "Whether everybody can read the repository", default="public"
    )
    repository_url: WebAddress | None = field("Address of the repository", default=None)
    contact: Line | None = field("Contact", "A function address", default=None)
    licence: Licence = field("Licence", "For the open data and all texts that name no other", default="CC-BY-4.0")
    data_themes: tuple[DataTheme, ...] = field(
        "Subjects of the open data", "From the European list that data portals use", default=("GOVE",), min_length=1
    )
    response_promise: int = field("Answer within", "Working days", default=10, ge=0, le=365)
    notice: Prose | None = field("Notice", "A sentence at the foot of every page", default=None)
    submitters: tuple[OpenDoor, ...] = field("Open for", default=())
    accessibility: Accessibility = field(
        "Accessibility", "For the statement that the law asks for", default=Accessibility()
    )
    themes: tuple[Theme, ...] = field("Themes", default=())
    stages: Mapping[StageName, Line] = field("Stage labels", "Own names for the stages", default={})
    fields: Mapping[KindName, Mapping[FieldName, LocalField]] = field("Own fields", "By kind and name", default={})
    phone_numbers: tuple[Line, ...] = field("Phone numbers that may stand in texts", "Those of functions", default=())
    function_addresses: tuple[Line, ...] = field(
        "Mail addresses that may stand in texts", "Those of functions", default=()
    )
    picture_cards: bool = field(
        "Picture cards",
        "For where a page is shared: one for each good example, method and event; else the portal's for all",
        default=True,
    )
    picture_bytes: int = field("Largest picture", "Bytes", default=5_000_000, ge=1_000, le=50_000_000)

    def theme(self, id: str) -> Theme | None:
        return next((theme for theme in self.themes if theme.id == id), None)


def load(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Read `idesluss.yml`; without Settings there is at least one problem.

    None either where it or `ideas/` is a link: a portal without its entries must not be built.
    """
    links = [_link(name, way_out) for name, way_out in NO_LINKS.items() if (root / name).is_symlink()]
    if links:
        return None, links
    return read((root / FILE).read_bytes())


def _link(name: str, way_out: Text) -> Problem:
    return Problem(name, Place(), "outside-root", Severity.ERROR, text("this is a symbolic link"), way_out)


def read(data: bytes) -> tuple[Settings | None, list[Problem]]:
    """The settings that these bytes hold; without Settings there is at least one problem."""
    source, problems = parse_plain(FILE, data)
    if source is None or problems:
        return None, problems
    told, faults = validate(Settings, source, dict(source.front))
    if told is None:
        return None, faults
    wrong = [
        *_nowhere(source, told.address),
        *_unfounded(source, told.accessibility),
        *_clashing(source, told),
        *_alike(source, told),
    ]
    return (None, wrong) if wrong else (told, faults)


def _nowhere(source: Source, address: str) -> Iterator[Problem]:
    """An address that no portal can be reached at: what is published could not be linked to."""
    if not _leads_to_a_host(address):
        yield Problem(
            source.path,
            source.place("address"),
            "bad-value",
            Severity.ERROR,
            text("no portal can lie at the address {address}", address=address),
            text("write it as https://ideas.town.example/ or https://town.example/ideas/"),
        )


def _leads_to_a_host(address: str) -> bool:
    """Whether a browser can find a folder there: a host, a port that there is, and no step that leads astray."""
    try:
        told = urlsplit(address)
        host, _port = told.hostname or "", told.port
    except ValueError:
        return False
    return (
        "@" not in told.netloc
        and host.isascii()
        and all(host.split("."))
        and not {"", ".", ".."} & set(told.path.split("/")[1:-1])
    )


def _unfounded(source: Source, told: Accessibility) -> Iterator[Problem]:
    """A claim of full accessibility that nothing bears out."""
    if told.status != "full":
        return
    if told.reviewed is None or told.gaps:
        yield Problem(
            source.path,
            source.place("accessibility", "status"),
            "bad-value",
            Severity.ERROR,
            text("a portal that nobody has reviewed cannot be called fully accessible")
            if told.reviewed is None
            else text("a portal with known gaps cannot be called fully accessible"),
            text("write `status: partly`; `full` needs the day of a review by people (`reviewed`) and no gaps"),
        )


def _clashing(source: Source, told: Settings) -> Iterator[Problem]:
    """Names that stand for two things, and choices of which there are none."""

    def problem(place: Place, message: Text, hint: Text) -> Problem:
        return Problem(source.path, place, "bad-value", Severity.ERROR, message, hint)

    seen: set[str] = set()
    for number, theme in enumerate(told.themes):
        if theme.id in seen:
            yield problem(
                source.place("themes", number, "id"),
                text("there are two themes of the name {id}", id=theme.id),
                text("give each theme a name of its own"),
            )
        seen.add(theme.id)
    for kind, fields in told.fields.items():
        for name, own in fields.items():
            if name in BY_NAME[kind].model_fields:
                yield problem(
                    source.key_place("fields", kind, name),
                    text("{kind} has a field {name} already", kind=Text(BY_NAME[kind].label), name=name),
                    text("give your own field another name"),
                )
            if own.type == "choice" and not own.choices:
                yield problem(
                    source.place("fields", kind, name, "type"),
                    text("the field {name} has nothing to choose from", name=name),
                    text("write a line `choices: […]` with what may be chosen"),
                )


def _alike(source: Source, told: Settings) -> Iterator[Problem]:
    """Names of stages that another stage has too: nobody could tell where an idea is."""
    own: Mapping[Any, str] = told.stages
    usual = {name: translate.gettext(stage.label, told.language) for name, stage in STAGES.items()}
    holders = {word.casefold(): stage for stage, word in usual.items() if stage not in own}
    for stage, word in own.items():
        other = holders.setdefault(word.casefold(), stage)
        if other != stage:
            yield Problem(
                source.path,
                source.place("stages", stage),
                "bad-value",
                Severity.ERROR,
                text("two stages are called {name}: {stage} and {other}", name=word, stage=stage, other=other),
                text("give each stage a name of its own"),
            )


def fields_of(settings: Settings, kind: str) -> Mapping[str, LocalField]:
    """The instance's own fields of a kind, by name."""
    own: Mapping[Any, Mapping[str, LocalField]] = settings.fields
    return own.get(kind, {})
