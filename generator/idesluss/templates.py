"""Where templates lie, and the Jinja environment that reads them: an instance's own file of the same name wins."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

FOLDER = "templates"
_is_special = re.compile("[&<>\"']").search
_within_number = re.compile(r" (?<=\d )(?=\d{3}\b|%)").sub  # begins with the space, which is found quickest


def packaged() -> Path:
    """The templates that come with the program: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / FOLDER
    return inside if inside.is_dir() else here.parents[1] / FOLDER


def folders(root: Path) -> list[Path]:
    """The folders where a template is looked for, first the instance's own."""
    own = (root / FOLDER).resolve()
    found = [own] if own.is_dir() else []
    return [*found, packaged()] if packaged() not in found else found


def stamp(root: Path) -> str:
    """A digest of all templates that this instance's pages are made of."""
    told = [
        f"{path.relative_to(folder).as_posix()}{_digest(path)}"
        for folder in folders(root)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return blake2b("".join(told).encode(), digest_size=10).hexdigest()


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=10).hexdigest()


def _key(root: Path, language: str) -> str:
    """What stands for all that a compiled template is made of: the words in it too."""
    from idesluss import memory, translate

    return memory.stamp(stamp(root), language, *(_digest(path) for path in sorted(translate.FOLDER.rglob("*.mo"))))


def compile_all(root: Path, language: str) -> None:
    """Compile the templates of all pages, so that whoever draws pages next finds them compiled."""
    made = environment(root, language)
    for name in made.list_templates(filter_func=lambda name: name.startswith("pages/")):
        made.get_template(name)


def escaped(value: Any) -> str:
    """The value as HTML, as `escape` gives it, but quicker where there is nothing to escape, as mostly."""
    kind = value.__class__
    if kind is Markup or (kind is str and not _is_special(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


def whole(text: str) -> str:
    """A text whose numbers stay on one line, such as 2 300 and 15 %."""
    return _within_number("\u00a0", text)


def in_frame(page: nodes.Template, frame: Callable[[str], nodes.Template]) -> nodes.Template:
    """A page and the frame that it extends as one template, which is drawn quicker than block by block.

    A page that does more than fill the blocks of one frame is left for Jinja to put together.
    """
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    class Filled(NodeTransformer):
        """Puts what the page fills the blocks with in the place of these."""

        def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 - the name is Jinja's
            filled = blocks.get(node.name, node)
            return self.generic_visit(nodes.Scope(filled.body, lineno=filled.lineno))

    first, *rest = page.body or [nodes.Output([])]
    if not isinstance(first, nodes.Extends) or not isinstance(first.template, nodes.Const):
        return page
    blocks = {block.name: block for block in page.find_all(nodes.Block)}
    whole = frame(first.template.value)
    names = {node.name for tree in (page, whole) for node in tree.find_all(nodes.Name)}
    only_fills = all(isinstance(node, (nodes.Block, nodes.Output)) for node in rest)
    if not only_fills or whole.find(nodes.Extends) or names & {"super", "self"}:
        return page
    return Filled().visit(whole)  # type: ignore[no-any-return]


@cache
def environment(root: Path, language: str) -> Environment:
    """The environment for the templates of an instance, with `_` for the words of `language`.

    All values are escaped; a name that a template uses and nobody gave is an error, not an empty word.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
    from jinja2.compiler import CodeGenerator
    from jinja2.visitor import NodeTransformer

    from idesluss import memory, translate
    from idesluss.bytecode import Compiled

    def words(msgid: str) -> Markup:
        return escape(translate.gettext(msgid, language))

    class Worded(NodeTransformer):
        """Puts `_("…")` into words when a template is compiled, so that they become part of the text around them."""

        def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name is Jinja's
            told = node.args[0] if len(node.args) == 1 and not node.kwargs else None
            if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(told, nodes.Const):
                return nodes.TemplateData(words(told.value), lineno=node.lineno)
            return self.generic_visit(node)

    class Escaping(CodeGenerator):
        """Compiles `{{ … }}` to a quicker way of escaping: most values hold nothing to escape."""

        def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
            if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
                super()._output_child_pre(node, frame, finalize)
                return
            self.write("environment.escaped(")
            if finalize.src is not None:
                self.write(finalize.src)

        def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802
            """A macro of `parts` is called without a look at whether it wants the context, which no macro does."""
            name = node.node.node if isinstance(node.node, nodes.Getattr) else None
            if not isinstance(name, nodes.Name) or name.name != "parts" or forward_caller:
                super().visit_Call(node, frame, forward_caller=forward_caller)
                return
            self.visit(node.node, frame)
            self.write("(*()")
            self.signature(node, frame)
            self.write(")")

    class Templates(Environment):
        code_generator_class = Escaping
        escaped = staticmethod(escaped)

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            return in_frame(Worded().visit(super()._parse(source, name, filename)), self._frame)

        def _frame(self, name: str) -> nodes.Template:
            source, filename, _is_fresh = self.loader.get_source(self, name)  # type: ignore[union-attr]
            return Worded().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            return {**self.globals, **(d or {})}  # a ChainMap, Jinja's own, is copied slowly for every page

    made = Templates(
        loader=FileSystemLoader(folders(root)),
        bytecode_cache=Compiled(memory.folder(root), _key(root, language)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,  # a look at the disk for every page; `serve` empties the cache of this function instead
    )
    made.filters["whole"] = lru_cache(maxsize=50_000)(whole)  # a summary stands in many lists
    made.globals["_"] = cache(words)  # for words that are not known before
    return made
