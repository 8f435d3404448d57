"""Typst, fed with data and never with markup."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from qorgan.base.paper import fonts

ROOT = Path(__file__).resolve().parents[2]  # templates import one another from here: /base/paper/sheet.typ
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_KEPT = "\n\t"


def render(
    template: Path | str,
    data: Mapping[str, Any],
    *,
    created: datetime = EPOCH,
    folders: Sequence[Path] = (),
    standard: str | Sequence[str] = "a-2a",
) -> bytes:
    """A PDF from a template (a file under the package, or source text) and data for `json(bytes(sys.inputs.data))`.

    The data reach the template as values, so nothing in them is ever read as markup. `created` is the date of the
    file, in the past and passed in: equal input gives equal bytes. Only fonts that packages carry are used, with
    those of `folders`. `standard` is a PDF standard or several (`a-2a` is archival and tagged for screen readers).
    Raises typst.TypstError where the template is wrong.
    """
    source: Path | bytes = template if isinstance(template, Path) else template.encode()
    compiler: Any = typst.Compiler(  # its stubs know neither a source of either kind nor a standard held in a variable
        source,  # type: ignore[type-var]  # a path or bytes, as the stubs say of each alone
        root=ROOT,
        font_paths=fonts.carried(tuple(folders)),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_clean(data), ensure_ascii=False), "families": json.dumps(fonts.families())},
    )
    standards = [standard] if isinstance(standard, str) else list(standard)
    made = compiler.compile(format="pdf", pdf_standards=standards, timestamp=created.replace(microsecond=0))
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _clean(value: Any) -> Any:
    """Without control characters and direction marks: a name must not be able to turn the words around it."""
    if isinstance(value, str):
        return "".join(letter for letter in value if letter in _KEPT or unicodedata.category(letter) not in _UNSEEN)
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
