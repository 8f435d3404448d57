"""A link that holds a whole reading: the text, and what a person chose or mended. Nothing of it is kept here."""

import base64
import json
import zlib
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput
from qorgan.claims.checked import Checked

LONGEST = 6000  # characters: longer addresses are cut by proxies and letters
_MOST = 400_000  # bytes that a code may unfold to


class NotALink(BadInput):
    """A code that was cut, or was never one of ours."""

    text = _("This link is cut or damaged: what it held cannot be read. Ask for the whole link, or paste the text.")


@dataclass(frozen=True)
class Held:
    """What a link holds."""

    text: str
    reading: str = ""
    chosen: dict[str, str] = field(default_factory=dict)


def code(checked: Checked) -> str:
    """The code of a link to what is shown; empty where it would be longer than an address may be."""
    is_mended = checked.is_mended
    reading = checked.reading if is_mended else ""
    if is_mended and not reading:
        return ""
    plain = [checked.text, reading, {} if is_mended else dict(checked.claim.chosen)]
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    found = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return found if len(found) <= LONGEST else ""


def held(code: str) -> Held:
    """What a code holds. Raises NotALink."""
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        unfolding = zlib.decompressobj()
        plain = unfolding.decompress(packed, _MOST)
        text, reading, chosen = json.loads(plain.decode())
    except (ValueError, TypeError, zlib.error, RecursionError) as problem:
        raise NotALink from problem
    if not unfolding.eof or not isinstance(text, str) or not isinstance(reading, str) or not isinstance(chosen, dict):
        raise NotALink
    if not all(isinstance(each, str) for pair in chosen.items() for each in pair):
        raise NotALink
    return replace(Held(text), reading=reading, chosen=chosen)
