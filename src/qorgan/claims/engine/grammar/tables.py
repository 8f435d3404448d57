"""Rows of a table in running text: columns parted by |, ; or a tab. Their numbers are figures with no part-of."""

from qorgan.claims.engine.grammar.figure import Found, Unit
from qorgan.claims.engine.grammar.scene import Scene

_SEPARATORS = "|;\t"
_YEARS = (1990, 2040)


def is_row(text: str) -> bool:
    """Whether a line is a row: two separators of one kind, or one tab."""
    line = text.strip("\n")
    return any(line.count(sign) >= 2 for sign in "|") or line.count("\t") >= 1 or _is_bare(line)


def _is_bare(line: str) -> bool:
    """`2022;804;61`: semicolons without spaces."""
    cells = line.split(";")
    return len(cells) >= 3 and all(cell and cell == cell.strip() for cell in cells)


def cells(scene: Scene, text: str, *, at: int) -> None:
    """The first cell of a row names it: its number is a year or the row's own number, not a figure."""
    if len(scene.found) > 1 and all(_is_year(scene, found, text, at) for found in scene.found):
        for found in scene.live():
            found.reason = "date"
            found.cues.append(scene.cue("not_a_figure", "table.head", found.first))
    line = text.rstrip("\n")
    edge = min((at + line.index(sign) for sign in _SEPARATORS if sign in line), default=at)
    for found in scene.live():
        if scene.tokens[found.last - 1].end <= edge and found.unit == Unit.COUNT and _alone(scene, found):
            found.reason = "date" if _YEARS[0] <= found.low <= _YEARS[1] else "list"
            found.cues.append(scene.cue("not_a_figure", "table.first_cell", found.first))


def _is_year(scene: Scene, found: Found, text: str, at: int) -> bool:
    """A year that fills its cell: a head of columns holds nothing else."""
    token = scene.tokens[found.first]
    before = text[: token.start - at].rstrip(" ")[-1:]
    after = text[scene.tokens[found.last - 1].end - at :].lstrip(" ")[:1]
    fills = all(sign in ("", "\n", *_SEPARATORS) for sign in (before, after))
    return fills and token.is_plain_year and _YEARS[0] <= found.low <= _YEARS[1]


def _alone(scene: Scene, found: Found) -> bool:
    return found.first == 0 or scene.tokens[found.first - 1].text in _SEPARATORS or scene.low(found.first - 1) == "\n"
