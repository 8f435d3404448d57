"""The protective order on paper: one A4 page, the country's languages side by side."""

from datetime import datetime
from pathlib import Path
from typing import Any

from qorgan.base import country
from qorgan.base.paper import render
from qorgan.orders.papers import rows
from qorgan.orders.papers.contents import OrderPaper

TEMPLATE = Path(__file__).with_name("order.typ")


def paper(order: OrderPaper, *, created: datetime) -> bytes:
    """The PDF (PDF/A-2a). `created` is the file's date; equal input gives equal bytes."""
    return render(TEMPLATE, content(order), created=created)


def content(order: OrderPaper) -> dict[str, Any]:
    """The values that the template lays out: every language of the paper, row by row."""
    book = country.toml("words/papers.toml")["order"]
    voices = [rows.Voice(lang, book[lang]) for lang in book["languages"]]
    first = voices[0]
    return {
        "lang": first.lang,
        "name": f"{first.labels['title']} {rows.filled(first.labels['number'], number=order.number)}",
        "languages": [voice.lang for voice in voices],
        "titles": [voice.labels["title"] for voice in voices],
        "agencies": [voice.text(order.agency) for voice in voices],
        "number": rows.filled(first.labels["number"], number=order.number),
        "cases": [rows.filled(voice.labels["case"], number=order.case_number) for voice in voices],
        "stamp": _stamp() if order.is_synthetic else [],
        "draft": [voice.labels["draft"] for voice in voices] if order.issued_at is None else [],
        "rows": rows.of(order, voices),
        "ribbon": rows.ribbon(order, voices),
        "signatures": rows.signatures(order, voices),
        "small": rows.small_print(order, voices),
        "copies": rows.copies(order, voices),
        "check": f"{rows.joined(voices, 'check')}: {_in_fours(order.check_hash)}" if order.check_hash else "",
        "pages": [voice.labels["page"] for voice in voices],
    }


def _stamp() -> list[dict[str, str]]:
    words = country.toml("country.toml")["synthetic"]
    return [{"lang": lang, "text": text} for lang, text in list(words.items())[:2]]


def _in_fours(digest: str) -> str:
    plain = "".join(digest.split())[:16]
    return "\u00a0".join(plain[at : at + 4] for at in range(0, len(plain), 4))
