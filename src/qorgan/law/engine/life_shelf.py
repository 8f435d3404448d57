"""From `law/life.toml` to the law in life. Every fault names what is wrong with it."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from qorgan.law.engine.book import Faulty, LawBook, Words
from qorgan.law.engine.life import Account, Enacted, LawInLife, Looked, Money, Requirement, Told, check
from qorgan.law.engine.marks import Confidence

Table = Mapping[str, Any]
NONE: Words = MappingProxyType({})
_ENACTED = {"act", "tells", "confidence", "source", "requirement"}
_REQUIREMENT = {
    "key", "from", "until", "code", "article", "rule", "who", "what", "note", "confidence", "source", "money",
    "report", "account",
}  # fmt: skip


def law_in_life(table: Table, book: LawBook) -> LawInLife:
    """What a country has of it; nothing from an empty table. Raises Faulty."""
    looked = table.get("looked")
    made = LawInLife(
        looked=Looked(_day(looked["on"]), _words(looked["by"])) if looked else None,
        enacted=tuple(_enacted(row, book) for row in table.get("enacted", ())),
    )
    check(made, book)
    return made


def _enacted(row: Table, book: LawBook) -> Enacted:
    if unknown := set(row) - _ENACTED:
        raise Faulty(f"law in life: unknown words {sorted(unknown)}")
    if row["act"] not in book.acts:
        raise Faulty(f"law in life: no act {row['act']}")
    return Enacted(
        act=book.acts[row["act"]],
        tells=_words(row["tells"]),
        confidence=Confidence(row["confidence"]),
        source=_words(row["source"]),
        requirements=tuple(_requirement(one, row["act"]) for one in row.get("requirement", ())),
    )


def _requirement(row: Table, act: str) -> Requirement:
    if unknown := set(row) - _REQUIREMENT:
        raise Faulty(f"requirement {row.get('key')}: unknown words {sorted(unknown)}")
    return Requirement(
        key=row["key"],
        act=act,
        who=_words(row["who"]),
        what=_words(row["what"]),
        first=_day(row["from"]),
        last=_day(row["until"]) if "until" in row else None,
        confidence=Confidence(row["confidence"]),
        source=_words(row["source"]),
        code=row.get("code", ""),
        article=row.get("article", ""),
        rule=row.get("rule", ""),
        note=_words(row["note"]) if "note" in row else NONE,
        money=tuple(_money(one) for one in row.get("money", ())),
        reports=tuple(_told(one) for one in row.get("report", ())),
        accounts=tuple(_account(one) for one in row.get("account", ())),
    )


def _money(row: Table) -> Money:
    return Money(
        years=tuple(row["years"]),
        amount=int(row["amount"]),
        about=bool(row.get("about", False)),
        confidence=Confidence(row["confidence"]),
        source=_words(row["source"]),
        note=_words(row["note"]) if "note" in row else NONE,
    )


def _told(row: Table) -> Told:
    return Told(
        by=_words(row["by"]),
        first=_day(row["first"]),
        last=_day(row["last"]),
        done=_words(row["done"]),
        source=_words(row["source"]),
        confidence=Confidence(row["confidence"]),
        on=_day(row["on"]) if "on" in row else None,
        spent=int(row["spent"]) if "spent" in row else None,
        is_part=bool(row.get("part", False)),
        address=row.get("address", ""),
    )


def _account(row: Table) -> Account:
    return Account(_words(row["said"]), _words(row["source"]), Confidence(row["confidence"]))


def _words(raw: Any) -> Words:
    """Words by language; a plain text, as an address, is the same in all."""
    names = {"": raw} if isinstance(raw, str) else dict(raw)
    if not names or not all(names.values()):
        raise Faulty("law in life: a text is empty")
    return MappingProxyType(names)


def _day(raw: Any) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Faulty(f"{raw!r} is not a date")
    return raw
