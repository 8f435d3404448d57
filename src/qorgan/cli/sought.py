"""A missing child of the story: the alarm, the office next door that was told, a place searched, the public page."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.missing.models import Alarm, Notice

UNSEEN, RAISED, ANSWERED, SEARCHED, POSTED = (timedelta(minutes=minutes) for minutes in (390, 300, 280, 255, 120))


def seek(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Raise the alarm that the country's demonstration tells, where it does not stand already: the steps."""
    alarm, is_new = _raised(told, now=now)
    if is_new:
        _answered(alarm, told["told"], now=now)
        _searched(alarm, told["searched"], now=now)
    notice = _posted(alarm, told["page"], now=now)
    number = alarm.case.number
    return {
        "alarm": stepped(number, alarm.raised_at, f"missing/{alarm.id}/", "missing.first_search"),
        "notice": stepped(number, notice.decided_at, f"missing/notices/{notice.id}/", "missing.notice_lasts"),
    }


def _raised(told: dict[str, Any], *, now: datetime) -> "tuple[Alarm, bool]":
    """The alarm; the same one where the demonstration is run again."""
    from qorgan.missing import actions
    from qorgan.missing.terms import Danger
    from qorgan.people.actions import Named
    from qorgan.reports.terms import Serving

    alert = actions.Alert(
        submission="demo\0missing",
        name=told["child"],
        age=told["age"],
        place=told["place"],
        last_seen_at=now - UNSEEN,
        wearing=told["wearing"],
        words=told["words"],
        reporter=Named(written=told["reporter"], phone=told["phone"]),
        dangers=tuple(Danger(one) for one in told["dangers"]),
        serving=Serving.NO,
    )
    with as_staff(told["raised_by"]) as by:
        raised = actions.raise_alarm(alert=alert, by=by, now=now - RAISED)
    assert raised.alarm is not None  # nobody near serves: the record is shut to nobody
    return raised.alarm, raised.is_new


def _answered(alarm: "Alarm", login: str, *, now: datetime) -> None:
    from qorgan.missing import actions, queries

    with as_staff(login) as by:
        with transaction_of():
            told = queries.told_to(by.agency).get(alarm_id=alarm.id)
        actions.answer(bulletin_id=told.id, by=by, now=now - ANSWERED)


def _searched(alarm: "Alarm", told: dict[str, str], *, now: datetime) -> None:
    from qorgan.missing import actions
    from qorgan.missing.terms import Result

    place = actions.Searched(
        place=told["place"],
        searchers=told["searchers"],
        at=now - SEARCHED,
        result=Result(told["result"]),
        note=told["note"],
    )
    with as_staff(told["by"]) as by:
        actions.note_search(alarm=alarm, searched=place, by=by, now=now - SEARCHED)


def _posted(alarm: "Alarm", told: dict[str, Any], *, now: datetime) -> "Notice":
    """The page that two people let stand; the newest one where there was one before."""
    from qorgan.missing import actions, queries
    from qorgan.missing.terms import Words

    with as_staff(told["proposed_by"]) as by:
        with transaction_of():
            known = queries.notices(alarm)
        if known:
            return known[0].notice
        notice = actions.propose(alarm=alarm, words=Words(told["words"]), by=by, now=now - POSTED)
    with as_staff(told["approved_by"]) as by:
        return actions.approve(notice=notice, by=by, now=now - POSTED)
