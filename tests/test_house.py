"""The house: imports run downward, without circles, and each door is one module's."""

from __future__ import annotations

import ast
from pathlib import Path

HOUSE = Path(__file__).parents[1] / "generator" / "idesluss"
FLOORS: tuple[tuple[str, ...], ...] = (
    ("idesluss", "site_paths"),
    (
        "problem",
        "artifact",
        "durable",
        "geotag",
        "mail_words",
        "slug",
        "web_address",
        "workdays",
        "figures",
        "watching",
        "idle",
    ),
    ("misread",),
    ("manual", "refusal", "stages", "memory", "front_matter", "body", "pictures", "translate", "docs_files"),
    ("source", "bytecode"),
    ("templates",),
    ("personal_data", "history", "typeset"),
    ("kinds",),
    ("ways_out",),
    ("links", "media", "sheet", "validation", "clock"),
    ("settings",),
    ("entry", "schema", "draft"),
    ("edit", "kept"),
    ("catalogue",),
    ("media_faults", "change", "measures"),
    ("checks", "outputs", "publish", "report", "reading"),
    ("examine", "portal", "search", "verify", "gone"),
    ("booklet", "unchanged"),
    ("build", "compare", "past"),
    ("preview", "work"),
    ("serve",),
    ("cli",),
    ("handbook", "__main__"),
)
"""From the ground up: a module imports from lower floors, or within its own room."""
DOORS = {
    "git": {"history"},
    "yaml": {"front_matter", "portal"},  # the portal speaks to MkDocs in MkDocs' own files
    "click": {"cli", "__main__"},
    "typst": {"typeset"},
    "pikepdf": {"booklet.printing", "booklet.sealed", "booklet.structure"},
    "docx": {f"booklet.writers.docx.{name}" for name in ("__init__", "judged", "paper", "template", "wordml")},
    "comrak": {"body.engine"},
    "nh3": {"body.engine"},
    "pagefind_bin_extended": {"search.service"},
    "cbor2": {"search.packing"},
}
"""Libraries that only these rooms know, or these modules in them."""


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imports(file: Path) -> list[str]:
    """The modules that a file imports, anywhere in it and for whatever purpose: types tie the house together too."""
    tree = ast.parse(file.read_text("utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [_submodule(node.module, alias.name) for alias in node.names]
    return found


def _submodule(package: str, name: str) -> str:
    place = HOUSE.parent.joinpath(*package.split("."), name)
    return f"{package}.{name}" if place.is_dir() or place.with_suffix(".py").is_file() else package


def files() -> list[tuple[str, Path]]:
    found = []
    for file in sorted(HOUSE.rglob("*.py")):
        inner = file.relative_to(HOUSE).with_suffix("").parts
        found.append((inner[0] if inner[0] != "__init__" else "idesluss", file))
    return found


def test_every_room_has_a_floor() -> None:
    assert {name for name, _ in files()} == {name for floor in FLOORS for name in floor}


def test_imports_run_downward() -> None:
    height = {name: level for level, floor in enumerate(FLOORS) for name in floor}
    upward = [
        f"{file.relative_to(HOUSE)} imports {module}"
        for name, file in files()
        for module in imports(file)
        if module.split(".")[0] == "idesluss"
        and room(module) in height
        and room(module) != name
        and height[room(module)] >= height[name]
    ]
    assert upward == []


def test_checks_and_outputs_do_not_know_each_other() -> None:
    known = {
        (name, room(module)) for name, file in files() for module in imports(file) if module.startswith("idesluss.")
    }
    assert not {("checks", "outputs"), ("outputs", "checks"), ("outputs", "publish"), ("outputs", "portal")} & known


def test_one_door_each() -> None:
    strangers = [
        f"{file.relative_to(HOUSE)} imports {module}"
        for name, file in files()
        for module in imports(file)
        if module.split(".")[0] in DOORS
        and not {name, ".".join(file.relative_to(HOUSE).with_suffix("").parts)} & DOORS[module.split(".")[0]]
    ]
    assert strangers == []


def test_no_circles_between_modules() -> None:
    names = {
        ".".join(("idesluss", *file.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"): file
        for _, file in files()
    }
    edges = {name: {module for module in imports(file) if module in names} - {name} for name, file in names.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for module in sorted(edges[name]):
                visit(module, (*above, name))
            done.add(name)

    for name in sorted(names):
        visit(name, ())
