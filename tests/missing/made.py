"""Alarms made through the real actions."""

from datetime import datetime, timedelta
from itertools import count

from qorgan.base.scope import Actor
from qorgan.missing import actions
from qorgan.missing.models import Alarm, Notice
from qorgan.missing.terms import Danger, Words
from qorgan.people.actions import Named
from qorgan.reports.terms import Serving

_sendings = count(1)
CHILD = "Серікбай Аяжан Ерланқызы"
PLACE = "Шымкент қ., Еңбекші ауданы, Тұран м/а, 5-үй"
WEARING = "қызыл куртка, ақ бөрік"
TEXTS = {"kk": "Аяжан, 9 жаста. Қызыл куртка.", "ru": "Аяжан, 9 лет. Красная куртка.", "en": "Ayazhan, 9."}
WORDS = Words(TEXTS)


def alert(*, now: datetime, **changes: object) -> actions.Alert:
    """What a mother tells at the desk, an hour and a half after she last saw the child."""
    held = {
        "submission": f"test\0missing\0{next(_sendings)}",
        "name": CHILD,
        "age": 9,
        "place": PLACE,
        "last_seen_at": now - timedelta(minutes=90),
        "wearing": WEARING,
        "words": "Мектептен келмеді.",
        "reporter": Named(written="Серікбаева Гүлнәр", phone="+7 701 000 00 02"),
        "dangers": (Danger.SMALL,),
        "serving": Serving.NO,
    }
    return actions.Alert(**{**held, **changes})  # type: ignore[arg-type]  # the changes name fields of Alert


def alarm(*, by: Actor, now: datetime, **changes: object) -> Alarm:
    """An alarm raised from nothing."""
    raised = actions.raise_alarm(alert=alert(now=now, **changes), by=by, now=now)
    assert raised.alarm is not None
    return raised.alarm


def proposed(*, by: Actor, now: datetime, held: Alarm | None = None) -> Notice:
    """The words of a public page, proposed."""
    return actions.propose(alarm=held or alarm(by=by, now=now), words=WORDS, by=by, now=now)


def standing(*, by: Actor, second: Actor, now: datetime, held: Alarm | None = None) -> Notice:
    """A public page that two people let stand."""
    return actions.approve(notice=proposed(by=by, now=now, held=held), by=second, now=now)
