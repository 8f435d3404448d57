"""The texts of the house: out of Python, and out of templates, without the gettext programs."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

from tools.catalogue import Entry

# function -> which arguments are the text, its plural and its context ("c"); None: the first is the text
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_CALL = re.compile(r"\b(?:n?p?gettext|_)\(")


def from_python(source: str) -> Iterator[Entry]:
    """Every text that Python code asks to be translated."""
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        msgid, plural = (message, "") if isinstance(message, str) else (message[0], message[1])
        if msgid:
            yield Entry(msgid, plural, context or "")


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins at `start`, of which only the end must be found."""
    for end in (match.end() for match in re.finditer(r"\)", text[start:])):
        try:
            node = ast.parse(text[start : start + end], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def from_template(source: str) -> Iterator[Entry]:
    """Every text that a template asks to be translated: Django turns its tags into calls, which are read here."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    text = templatize(source)
    calls = [_call_at(text, match.start()) for match in _CALL.finditer(text)]
    yield from from_python("\n".join(ast.unparse(call) for call in calls if call))


def from_house(house: Path) -> list[Entry]:
    """Every text of a package, each once. A text asked for with and without a plural keeps the plural."""
    found: dict[tuple[str, str], Entry] = {}
    for path in sorted(house.rglob("*")):
        if path.suffix == ".py":
            entries = from_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            entries = from_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for entry in entries:
            if entry.key not in found or entry.plural:
                found[entry.key] = entry
    return list(found.values())
