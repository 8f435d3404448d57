"""A signal in words that JSON knows, and back: as it lies in the spool."""

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from qorgan.messages.terms import SafeContact
from qorgan.people.actions import Named
from qorgan.people.terms import Sex
from qorgan.reports.actions.accept import Signal
from qorgan.reports.terms import Channel, Serving

_PEOPLE = ("victim", "suspect", "reporter")
_HOURS = ("hours_from", "hours_until")


def packed(signal: Signal) -> dict[str, Any]:
    """What can be said of a report, but for its notes, its thread and when it was acknowledged."""
    people = {name: asdict(getattr(signal, name)) for name in _PEOPLE}
    for who in people.values():
        who["birth_date"] = who["birth_date"] and who["birth_date"].isoformat()
        who["sex"] = str(who["sex"])
    return {
        "submission": signal.submission,
        "channel": str(signal.channel),
        "registered_at": signal.registered_at.isoformat(),
        "kui_no": signal.kui_no,
        "narrative": signal.narrative,
        "address": signal.address,
        "serving": str(signal.serving),
        **people,
        **({"safe": _safe_packed(signal.safe)} if signal.safe else {}),
    }


def _safe_packed(safe: SafeContact) -> dict[str, Any]:
    said = asdict(safe)
    for name in (*_HOURS, "verified_at"):
        said[name] = said[name] and said[name].isoformat()
    return said


def _safe(told: dict[str, Any] | None) -> SafeContact | None:
    if told is None:
        return None
    hours = {name: time.fromisoformat(told[name]) if told[name] else None for name in _HOURS}
    verified = datetime.fromisoformat(told["verified_at"]) if told["verified_at"] else None
    return SafeContact(**{**told, **hours, "verified_at": verified})


def unpacked(told: dict[str, Any]) -> Signal:
    """The reverse."""
    people: dict[str, Any] = {name: _named(told[name]) for name in _PEOPLE}
    return Signal(
        submission=told["submission"],
        channel=Channel(told["channel"]),
        registered_at=datetime.fromisoformat(told["registered_at"]),
        kui_no=told["kui_no"],
        narrative=told["narrative"],
        address=told["address"],
        serving=Serving(told["serving"]),
        safe=_safe(told.get("safe")),
        **people,
    )


def _named(told: dict[str, Any]) -> Named:
    born = told["birth_date"] and date.fromisoformat(told["birth_date"])
    return Named(**{**told, "birth_date": born or None, "sex": Sex(told["sex"])})
