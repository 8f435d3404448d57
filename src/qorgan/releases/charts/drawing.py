"""The colours of the look, and a figure turned into SVG that never changes by itself."""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GROUND = "#faf7f1"
INK = "#1f2b2e"
QUIET = "#505a5b"
LINE = "#ddd4c4"
EDGE = "#857a67"
LAKE = "#0e5563"
STEPS = ("#e1eeee", "#a5ced2", "#34757f", "#0d4450")  # one hue, light to dark: more, not better or worse
STEPS_INK = (INK, INK, "#ffffff", "#ffffff")

_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "qorgan",  # ids inside the file come from this and not from chance
    "svg.fonttype": "path",  # letters as outlines: the same look where no such font is
    "font.family": "DejaVu Sans",  # carried by matplotlib, with all Kazakh letters
    "font.size": 10,
    "hatch.linewidth": 0.7,
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
}
_ONE_AT_A_TIME = threading.Lock()
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@contextmanager
def settings() -> Iterator[None]:
    """Draw in the look, whatever the process or its user has set. One drawing at a time: matplotlib's settings are
    those of the whole process."""
    import matplotlib as mpl

    plain: dict[Any, Any] = {**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"]}
    with _ONE_AT_A_TIME, mpl.rc_context(plain | _SETTINGS):
        yield


def blank(width: float, height: float) -> "Figure":
    """An empty sheet, in inches of 72 units, on felt."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), facecolor=GROUND)


def svg(figure: "Figure", *, title: str, description: str, lang: str) -> bytes:
    """The figure as SVG with a name and a description for those who listen to it.

    No `style`, script or declaration inside: it may stand in a page under a strict content policy, or by itself.
    """
    raw = io.BytesIO()
    figure.savefig(raw, format="svg", metadata=_NO_METADATA, facecolor=figure.get_facecolor())
    drawn = raw.getvalue().decode()
    drawn = re.sub(
        r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", drawn[drawn.index("<svg") :], flags=re.S
    )
    drawn = re.sub(r'style="([^"]*)"', _as_attributes, drawn)
    name = (
        f' role="img" lang="{escape(lang)}" stroke-linejoin="round">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>"
    )
    drawn = drawn.replace(">", name, 1)
    return ("\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n").encode()


def _as_attributes(found: re.Match[str]) -> str:
    pairs = [rule.split(":", 1) for rule in found[1].split(";") if rule.strip()]
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)
