"""From the country's data (parsed TOML) to the book. Every fault names the file's rule and what is wrong with it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from qorgan.law.engine.book import (
    Act,
    Faulty,
    LawBook,
    Obligation,
    Provision,
    Reading,
    Regime,
    Rule,
    Value,
    check_value,
    day_before,
    same_kind,
)
from qorgan.law.engine.comparison import Comparison, Group
from qorgan.law.engine.marks import Confidence, JudgedBy, Proceeding, Unit
from qorgan.law.engine.workdays import WorkCalendar, weekdays

Table = Mapping[str, Any]
_PROVISION = {
    "from", "until", "certain_from", "value", "unit", "act", "article", "confidence", "source", "note", "readings",
    "advises", "not_on_record",
}  # fmt: skip
_RULE = {"key", "unit", "judged_by", "name", "provision"}


def bind(*, acts: Table, regimes: Table, provisions: Iterable[Table], obligations: Table) -> LawBook:
    """The book of a country. Raises Faulty with one sentence at the first contradiction."""
    shelf = {act.key: act for act in map(_act, acts.get("act", ()))}
    rules: dict[str, Rule] = {}
    for table in provisions:
        for row in table.get("rule", ()):
            rule = _rule(row, shelf)
            if rule.key in rules:
                raise Faulty(f"{rule.key}: written twice")
            rules[rule.key] = rule
    duties = tuple(_obligation(row, rules) for row in obligations.get("obligation", ()))
    return LawBook(MappingProxyType(shelf), _regimes(regimes, shelf), MappingProxyType(rules), duties)


def work_calendar(table: Table) -> WorkCalendar:
    """The working days of a country, from its `workdays.toml`."""
    moved = table.get("moved", ())
    return WorkCalendar(
        country=str(table.get("public_calendar", "")),
        weekend=weekdays(table.get("weekend", ("saturday", "sunday"))),
        rest=frozenset(_day(row["rest"]) for row in moved) | frozenset(map(_day, table.get("rest", ()))),
        work=frozenset(_day(row["work"]) for row in moved if "work" in row),
        confirmed=frozenset(map(_day, table.get("confirmed", ()))),
        known_until=_day_or_none(table.get("known_until")),
    )


def comparison(table: Table, book: LawBook) -> Comparison:
    """The days and questions of a country's `comparison.toml`. Raises Faulty for what is not in the book."""
    groups = tuple(Group(_names(row, "comparison"), tuple(row["rules"])) for row in table.get("group", ()))
    for key in (key for group in groups for key in group.rules):
        if key not in book.rules:
            raise Faulty(f"comparison: no rule {key}")
    laid = {one.key: one for one in book.obligations}
    for key in table.get("duties", ()):
        if key not in laid:
            raise Faulty(f"comparison: no obligation {key}")
    return Comparison(
        days=tuple(sorted(map(_day, table.get("days", ())))),
        groups=groups,
        duties=tuple(laid[key] for key in table.get("duties", ())),
    )


def _act(row: Table) -> Act:
    return Act(
        key=row["key"],
        names=_names(row, row["key"]),
        number=row.get("number", ""),
        adopted_on=_day_or_none(row.get("adopted")),
        valid_from=_day_or_none(row.get("from")),
        valid_until=_day_or_none(row.get("until")),
        certain_from=_day_or_none(row.get("certain_from")),
        address=row.get("address", ""),
        proceeding=Proceeding(row["proceeding"]) if "proceeding" in row else None,
        confidence=Confidence(row.get("confidence", "F")),
        note=row.get("note", ""),
    )


def _regimes(table: Table, acts: Mapping[str, Act]) -> tuple[Regime, ...]:
    rows = sorted(table.get("regime", ()), key=lambda row: _day(row["from"]))
    starts = [_day(row["from"]) for row in rows]
    ends = [*map(day_before, starts[1:]), None][: len(rows)]
    if len(set(starts)) < len(starts):
        raise Faulty("two regimes begin on one day")
    return tuple(_regime(row, end, acts) for row, end in zip(rows, ends, strict=True))


def _regime(row: Table, end: date | None, acts: Mapping[str, Act]) -> Regime:
    if row["base_law"] not in acts:
        raise Faulty(f"regime {row['id']}: no act {row['base_law']}")
    return Regime(
        id=row["id"],
        valid_from=_day(row["from"]),
        valid_until=end,
        base_law=row["base_law"],
        names=_names(row, row["id"]),
        confidence=Confidence(row["confidence"]),
        source=row["source"],
        certain_from=_day_or_none(row.get("certain_from")),
        note=row.get("note", ""),
    )


def _rule(row: Table, acts: Mapping[str, Act]) -> Rule:
    key = row["key"]
    if unknown := set(row) - _RULE:
        raise Faulty(f"{key}: unknown words {sorted(unknown)}")
    unit = Unit(row["unit"])
    found = tuple(_provision(key, unit, part, acts) for part in row["provision"])
    ordered = tuple(sorted(found, key=lambda p: p.valid_from or date.min))
    return Rule(key, unit, JudgedBy(row["judged_by"]), _names(row, key), ordered)


def _provision(key: str, unit: Unit, row: Table, acts: Mapping[str, Act]) -> Provision:
    if unknown := set(row) - _PROVISION:
        raise Faulty(f"{key}: unknown words {sorted(unknown)}")
    if ("value" in row) == bool(row.get("not_on_record")):
        raise Faulty(f"{key}: a provision has either a value or not_on_record")
    own = Unit(row.get("unit", unit))
    if not same_kind(unit, own):
        raise Faulty(f"{key}: {own} is another kind of unit than {unit}")
    if (act := row.get("act", "")) and act not in acts:
        raise Faulty(f"{key}: no act {act}")
    value = _value(row.get("value"))
    silent = value is None
    try:
        check_value(value, own)
        confidence = Confidence(row.get("confidence", "K-L") if silent else row["confidence"])
        source = row.get("source", "") if silent else row["source"]
    except (KeyError, ValueError) as fault:
        raise Faulty(f"{key}: {fault}") from fault
    return Provision(
        key=key,
        value=value,
        unit=own,
        valid_from=_day_or_none(row.get("from")),
        valid_until=_day_or_none(row.get("until")),
        act=act,
        article=str(row.get("article", "")),
        confidence=confidence,
        source=source,
        certain_from=_day_or_none(row.get("certain_from")),
        readings=tuple(Reading(str(part["value"]), part["source"]) for part in row.get("readings", ())),
        advises=bool(row.get("advises", False)),
        note=row.get("note", ""),
    )


def _obligation(row: Table, rules: Mapping[str, Rule]) -> Obligation:
    if row["rule"] not in rules:
        raise Faulty(f"obligation {row['key']}: no rule {row['rule']}")
    return Obligation(row["key"], row["bearer"], row["rule"], _names(row, row["key"]))


def _names(row: Table, key: str) -> Mapping[str, str]:
    names = row.get("name", {})
    if not names or not all(names.values()):
        raise Faulty(f"{key}: has no name")
    return MappingProxyType(dict(names))


def _value(raw: Any) -> Value | None:
    return tuple(raw) if isinstance(raw, list) else raw


def _day(raw: Any) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Faulty(f"{raw!r} is not a date")
    return raw


def _day_or_none(raw: Any) -> date | None:
    return None if raw is None else _day(raw)
