"""What a person would send to each address that takes a POST: valid, so that only the right is missing."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.cases.terms import Role
from tests import factories
from tests.matrix.conftest import NOW
from tests.matrix.story import Story

_THERE = ZoneInfo("Asia/Almaty")
WHY = "сараптама, 20.11.2026, № 7"


def moment(*, hours: float = 0) -> str:
    """A moment near the scene's, as it is typed on the clock of the place."""
    return f"{(NOW + timedelta(hours=hours)).astimezone(_THERE):%d.%m.%Y %H:%M}"


def _act(**more: str) -> dict[str, str]:
    typed = {"acted_on": "20.11.2026", "article": "109-1", "completion": "completed", "registered_at": moment(hours=-1)}
    return typed | {"register_no": "SYN-0002"} | more


def _dangers(story: Story) -> dict[str, dict[str, Any]]:
    """Of a missing child and of how grave the danger is."""
    return {
        "missing:new": {"token": "t1", "serving": "no", "name": "Серікбай Аяжан", "channel": "102"},
        "missing:in_case": {"child": story.people[Role.VICTIM], "age": "9"},
        "missing:search": {"place": "Саябақ", "at": moment(), "result": "nothing"},
        "missing:end": {"how": "found_alive", "at": moment()},
        "missing:again": {"words": WHY},
        "missing:mark": {"sure": "on"},
        "missing:propose": {"words_kk": "Аяжан", "words_ru": "Аяжан", "words_en": "Ayazhan"},
        "risk:assess": {"safe": "yes", "step": "items", "q_choked": "yes"},
        "risk:lower": {"to": "raised", "why": WHY},
        "risk:lowering": {"decision": "decline"},
    }


def _orders(story: Story) -> dict[str, dict[str, Any]]:
    order = {"addressee": story.people[Role.OFFENDER], "protected": [story.people[Role.VICTIM]]}
    return {
        "orders:draft": order | {"circumstances": factories.WORDS, "prohibitions": ["alcohol"]},
        "orders:serve": {"served_at": moment(), "receipt": "signed"},
        "orders:check": {"finding": "kept", "note": "үйде"},
        "orders:note": {"prohibitions": ["contact"], "noticed_at": moment(), "breached_at": ""},
        "orders:called": {"number": "SYN-1", "prohibitions": ["contact"]},
        "orders:follow": {"kind": "warned", "happened_at": moment()},
        "orders:join": {"same_as": "01930000-0000-7000-8000-000000000003"},
        "orders:cancel": {"why": WHY},
        "orders:annul": {"why": WHY, "decided_at": moment()},
        "orders:vary": {"why": WHY, "decided_at": moment(), "body": "court", "prohibitions": ["violence"]},
        "orders:appeal": {"filed_by": "addressee", "body": "court", "decided_at": moment()},
        "orders:outcome": {"result": "left", "why": WHY, "decided_at": moment()},
        "orders:correct": {"served_at": moment(), "why": WHY},
    }


def _implemented() -> dict[str, Any]:
    """A report on what an act obliges someone to do."""
    days = {"reported_on": "01.08.2019", "first_day": "01.01.2018", "last_day": "31.12.2018"}
    return {"reported_by": "министрлік", **days, "done": "Қолданылмады", "document": "№ 7 хат"}


def _said() -> dict[str, dict[str, Any]]:
    """What people say of a case and in it."""
    return {
        "cases:account": {"speaker": "victim", "said_at": moment(), "source": "қоңырау", "words": factories.WORDS},
        "cases:finding": {"discipline": "forensic_medical"},
        "cases:mark": {"topic": "what"},
        "cases:unmark": {"why": WHY},
        "cases:ask_review": {"kin": "parent"},
        "cases:person": {"role": "child", "written": "Әбдірахман Айша", "sex": "female"},
        "cases:close": {"sure": "on"},
    }


def forms(story: Story) -> dict[str, dict[str, Any]]:
    """By the name of the address; an address that is not here is sent nothing."""
    rows = {"rows": "1", "p0-part": "suspect", "p0-sex": "male", "p0-age": "38"}
    return {
        "duties:escalation": {"answer": "noted"},
        "duties:duty": {"late_why": "поштамен кешікті"},
        "reports:reveal": {"why": "patrol"},
        "reports:write_off": {"read": "on", "reason": "no_signs"},
        "reports:forward": {"agency": "", "reason": "place"},
        "reports:join": {"number": "SYN-1", "reason": "same_event"},
        "reports:take_back": {"why": WHY},
        "reports:send_back": {"why": WHY},
        **_said(),
        **_dangers(story),
        "offences:of_case": _act(token="01930000-0000-7000-8000-000000000001") | rows,
        "offences:of_report": _act(token="01930000-0000-7000-8000-000000000002") | rows,
        "offences:correct": _act(why=WHY),
        "offences:add_person": {"part": "suspect", "sex": "male", "age": "15"},
        "offences:person": {"sex": "female", "age": "35", "relationship": "spouse", "why": WHY},
        "offences:withdraw": {"why": WHY},
        "offences:decide": {"ground": "no_crime", "why": WHY},
        **_orders(story),
        "courts:send": {"kind": "special_requirements", "contents": "Хаттама"},
        "courts:schedule": {"at": moment(hours=48)},
        "courts:return": {"why": "Хаттамада қолы жоқ"},
        "courts:decide_as": {"at": moment(), "months": "6", "visits": "2", "prohibitions": ["alcohol"], "note": "x"},
        "courts:hearing": {"result": "postponed"},
        "courts:appeal": {"filed_by": "offender", "at": moment()},
        "courts:force": {"at": moment()},
        "courts:breach": {"prohibitions": ["alcohol"], "noticed_at": moment()},
        "courts:outcome": {"result": "upheld", "at": moment()},
        "life:report": _implemented(),
        "statements:new": {"text": "2024 жылы 72 мың қорғау нұсқамасы берілді.", "language": "kk"},
        "figures:build": {"period": "2026-10", "reason": ""},
    }
