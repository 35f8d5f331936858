"""One change of a front matter, spliced into its text; all that stands elsewhere stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from idesluss.edit import wording
from idesluss.edit.layout import Child, Path, Spot, Unfit, layout, line_end, line_start
from idesluss.edit.wording import Value

Order = Callable[[Path], Sequence[str]]
"""The names of the fields of a part, by the way to it, in the order in which they stand."""


def put(front: str, field: Path, value: Value, order: Order) -> Iterator[str]:
    """Ways to give `field` this value, the one that reads best first; not all of them need be right.

    A field that is not there yet is put after its neighbour in `order`, else last.
    """
    inside, step, rest = _reach(front, field)
    names = order(field[: len(field) - len(rest) - 1])
    for name in reversed(rest):
        value = [value] if isinstance(name, int) else {name: value}
    child = inside.child(step)
    if child is not None:
        yield from _replaced(front, inside, child, value)
    elif inside.sort == "sequence":
        yield _with_item(front, inside, value)
    elif inside.flow:
        yield _in_flow(
            front, inside, f"{step}: {wording.on_one_line(value, in_flow=True)}", _neighbour(inside, str(step), names)
        )
    else:
        lines = wording.field(str(step), value, inside.column)
        yield _with_lines(front, _neighbour(inside, str(step), names), lines)


def add(front: str, field: Path, value: Value, order: Order) -> Iterator[str]:
    """Ways to put `value` last into the list `field`, which is made where it is not there."""
    inside, step, rest = _reach(front, field)
    child = None if rest else inside.child(step)
    if child is None or child.spot.sort != "sequence" or not child.spot.children:
        yield from put(front, field, [value], order)
    else:
        yield _with_item(front, child.spot, value)


def take(front: str, field: Path) -> Iterator[str]:
    """Ways to take `field` out, and what would be empty without it."""
    inside, step, rest = _reach(front, field)
    child = inside.child(step)
    if rest or child is None:
        raise Unfit
    if len(inside.children) == 1:
        if len(field) == 1:
            raise Unfit
        yield from take(front, field[:-1])
        return
    if inside.flow:
        yield _without_in_flow(front, inside, child)
    else:
        yield from _without_lines(front, inside, child)


def _reach(front: str, field: Path) -> tuple[Spot, str | int, Path]:
    """The innermost part that is there, the step out of it, and the steps after that one, which lead nowhere yet."""
    spot = layout(front)
    for at, step in enumerate(field):
        child = spot.child(step)
        last = at == len(field) - 1
        if last or child is None or child.spot.sort == "scalar":
            if child is not None and not last and not child.spot.empty:
                raise Unfit
            return spot, step, field[at + 1 :]
        spot = child.spot
    raise Unfit


def _neighbour(inside: Spot, name: str, order: Sequence[str]) -> Child | None:
    """After which field of a part a new one goes."""
    before = set(order[: order.index(name)]) if name in order else set()
    known = [child for child in inside.children if child.name in before]
    places = {held: at for at, held in enumerate(order)}
    if known:
        return max(known, key=lambda child: places[str(child.name)])
    return inside.children[-1] if inside.children else None


def _with_lines(front: str, after: Child | None, lines: Sequence[str]) -> str:
    if after is None:
        raise Unfit
    at = line_end(front, after.spot.end - (front[after.spot.end - 1 : after.spot.end] == "\n"))
    return front[:at] + "".join(f"{line}\n" for line in lines) + front[at:]


def _with_item(front: str, inside: Spot, value: Value) -> str:
    last = inside.children[-1]
    if inside.flow:
        return _in_flow(front, inside, wording.on_one_line(value, in_flow=True), last)
    return _with_lines(front, last, wording.item(value, inside.column))


def _in_flow(front: str, inside: Spot, words: str, after: Child | None) -> str:
    at = after.spot.end if after else inside.start + 1
    return f"{front[:at]}, {words}{front[at:]}" if after else f"{front[:at]}{words}{front[at:]}"


def _replaced(front: str, inside: Spot, child: Child, value: Value) -> Iterator[str]:
    """The value of a field or an item exchanged; a comment on its line is kept if it can be."""
    spot, indent = child.spot, inside.column
    before, after = front[: spot.start], front[spot.end :]
    short = wording.on_one_line(value, in_flow=inside.flow)
    gap = " " if spot.empty else ""
    if inside.flow:
        yield f"{before}{gap}{short}{after}"
        return
    head, *below = wording.laid_out(value, indent, spot.start - line_start(front, spot.start) - indent)
    if not below:
        yield f"{before}{gap}{head.strip()}{after}"
    elif spot.sort != "scalar" and not spot.flow:  # it stands below its name already
        yield before + "\n".join(below).lstrip() + after
    else:
        at = line_end(front, spot.end)
        rest = front[spot.end : at].rstrip("\n")
        lines = "".join(f"{line}\n" for line in below)
        told = f"{gap}{head.strip()}" if head else ""
        yield f"{before.rstrip(' ') if not told else before}{told}{rest}\n{lines}{front[at:]}"
    yield f"{before}{gap}{short}{after}"


def _without_in_flow(front: str, inside: Spot, child: Child) -> str:
    at = inside.children.index(child)
    if at + 1 < len(inside.children):
        return front[: child.start] + front[inside.children[at + 1].start :]
    return front[: inside.children[at - 1].spot.end] + front[child.spot.end :]


def _without_lines(front: str, inside: Spot, child: Child) -> Iterator[str]:
    """Without the lines of a field or an item; if need be, without the comments too that stand within it at its end."""
    start = child.start if inside.sort == "mapping" else _dash(front, inside, child)
    begin = line_start(front, start)
    end = line_end(front, max(child.spot.end - 1, child.start))
    if front[begin:start].strip():  # it shares its line with the dash of the item that it lies in
        following = inside.children[inside.children.index(child) + 1] if inside.children[-1] != child else None
        if following is None or front[end : following.start].strip():
            raise Unfit
        yield front[:start] + front[following.start :]
        return
    yield front[:begin] + front[end:]
    yield front[:begin] + front[_after_comments(front, end, inside.column) :]


def _after_comments(front: str, at: int, column: int) -> int:
    """The start of the line after the comments from `at` on that stand further in than `column`."""
    after = at
    while at < len(front):
        line, at = front[at : line_end(front, at)], line_end(front, at)
        sign = line.lstrip(" ")
        if sign.startswith("#") and len(line) - len(sign) > column:
            after = at
        elif sign.strip():
            break
    return after


def _dash(front: str, inside: Spot, child: Child) -> int:
    """Where the dash of an item stands."""
    at = front.rfind("-", 0, child.start)
    while at >= 0 and at - line_start(front, at) != inside.column:
        at = front.rfind("-", 0, at)
    if at < inside.start:
        raise Unfit
    return at
