"""Words that must stand nowhere, in every form in which a program writes words down."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(secret: str) -> dict[str, bytes]:
    """The bytes in which a secret would stand, by the name of the form; letters of hexadecimal digits are small."""
    plain = secret.encode()
    wide = secret.encode("utf-16-le")
    escaped = json.dumps(secret)[1:-1]
    return {
        "UTF-8": plain,
        "UTF-16": wide,
        "UTF-16 the other way": secret.encode("utf-16-be"),
        "hexadecimal": plain.hex().encode(),
        "JSON": escaped.encode(),
        "a literal of bytes": repr(plain)[2:-1].encode(),
        "percent": quote(secret, safe="").encode(),
        "a form": quote_plus(secret).encode(),
        **{f"base64 from byte {shift}": _in_base64(plain, shift) for shift in range(3)},
        **{f"base64 of UTF-16 from byte {shift}": _in_base64(wide, shift) for shift in range(3)},
    }


def _in_base64(content: bytes, shift: int) -> bytes:
    """The digits that stand for the content alone, where `shift` other bytes stand before it and others behind."""
    whole = base64.b64encode(b"\0" * shift + content)
    return whole[-(-shift * 8 // 6) : (shift + len(content)) * 8 // 6]


def found(content: bytes, secrets: Iterable[str]) -> set[tuple[str, str]]:
    """(secret, form) of everything that stands in the content, in letters of either size."""
    small = content.lower()
    seen = set()
    for secret in secrets:
        for name, form in forms(secret).items():
            exact = name.startswith("base64")
            if form in content or (not exact and form.lower() in small):
                seen.add((secret, name))
        if secret.casefold() in content.decode("utf-8", "ignore").casefold():
            seen.add((secret, "UTF-8"))
    return seen


def files(*folders: Path) -> Iterator[Path]:
    """Every file below some folders."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
