"""The fonts of papers, all carried by packages: never one that the machine happens to have.

Libertinus Serif comes inside the typst wheel and draws the text; DejaVu and the last-resort boxes come with
matplotlib and stand behind it, so that a letter of any script in a name is drawn and never stops a paper.
"""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

SERIF = "Libertinus Serif"
_BEHIND = ("DejaVu Serif", "DejaVu Sans", "Last Resort High-Efficiency")


def families() -> list[str]:
    """The families of a paper, in the order in which a letter is looked for."""
    return [SERIF, *_BEHIND]


def matplotlib_folder() -> Path:
    """Where matplotlib keeps its fonts; matplotlib itself is not imported, which would take half a second."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib carries the fonts of papers and is not installed")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


@cache
def carried(more: tuple[Path, ...] = ()) -> typst.Fonts:
    """Every font that packages carry, and those of `more` folders; read once per process."""
    folders = [matplotlib_folder(), *more]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(f) for f in folders])


def missing(letters: Iterable[str], *, family: str = SERIF) -> list[str]:
    """The letters that a carried family does not have: each is set alone, and compared with a letter nobody has."""
    return [letter for letter in letters if _drawn(letter, family) == _drawn("\u0378", family)]


def _drawn(letter: str, family: str) -> bytes:
    source = (
        "#set page(width: 20pt, height: 20pt, margin: 0pt)\n"
        "#text(font: sys.inputs.family, fallback: false, size: 12pt, sys.inputs.letter)"
    )
    inputs = {"family": family, "letter": letter}
    made = typst.compile(
        source.encode(), font_paths=carried(), ignore_system_fonts=True, sys_inputs=inputs, format="png"
    )
    if not isinstance(made, bytes):
        raise TypeError("one letter is one page")
    return made
