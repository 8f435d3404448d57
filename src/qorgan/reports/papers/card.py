"""Cards with a QR code that leads to the web door: in a clinic, a school, a shop, and in a purse that he searches.

So nothing on them, and nothing in the file, says what is behind the address.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # the package carries no types
from qrcode.main import QRCode  # type: ignore[import-untyped]  # as above

from qorgan.base import country
from qorgan.base.errors import BadInput
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("card.typ")
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
LONGEST = 60  # characters of an address that is read off a card


class TellingAddress(BadInput):
    """A card bears the bare address of the door: whatever stands behind it would tell something."""

    text = _("Give the bare address of the door, as https://example.kz/: no path, no question, no name in it.")


def sheet(address: str) -> bytes:
    """A sheet of ten cards (PDF/A-2a, A4), the same bytes for the same address. Raises TellingAddress."""
    return render(TEMPLATE, content(address))


def content(address: str) -> dict[str, Any]:
    """The values that the template lays out: neutral words, host, rows of the code. Raises TellingAddress."""
    try:
        parts = urlsplit(address)
        is_bare = (parts.scheme, parts.path in ("", "/"), parts.query + parts.fragment) == ("https", True, "")
        host = parts.hostname or ""
        is_bare = is_bare and not (parts.username or parts.password) and host.isascii() and "." in host
    except ValueError:
        is_bare, host = False, ""
    if not is_bare or len(address) > LONGEST:
        raise TellingAddress
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(f"https://{parts.netloc}/")
    code.make(fit=True)
    rows = ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]
    return {
        "host": parts.netloc,
        "rows": rows,
        "words": [{"lang": lang, "text": text} for lang, text in _said().items()],
    }


def _said() -> dict[str, str]:
    """The neutral words of a card, by language; none where the country says none."""
    is_there = (country.folder() / "door.toml").is_file()
    found: dict[str, str] = country.toml("door.toml").get("card", {}) if is_there else {}
    return found
