"""A child whose case turned sexual is named nowhere: not under the old address, on no page, in no row, by no record."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import models
from django.test import Client, override_settings

from qorgan.base.db.rights import grants_of, our_models
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.facts.collect import run
from qorgan.missing import actions, queries, rules
from qorgan.missing.models import Alarm, Notice, Poster
from qorgan.people import actions as people
from qorgan.people.actions import Named
from tests import factories
from tests.conftest import actor
from tests.missing import made
from tests.roles import as_process
from tests.web.pages import an_hour_ago, signed_in

RAPE = {"code": "CC", "article": "120"}
IIN = "170214500406"
# The name, the words of the page, what the child wore, where the child was seen.
TOLD = tuple(word.casefold() for word in (*made.CHILD.split(), *made.TEXTS.values(), made.WEARING, "Тұран м/а", IIN))
_LINK = re.compile(r'href="(/[^"#?]*)')


def _tells(text: str) -> list[str]:
    return [word for word in TOLD if word in text.casefold()]


def _crawled(*first: str) -> dict[str, str]:
    """Every page of the public site that links lead to, with its text; the first ones in each language."""
    found: dict[str, str] = {}
    with as_process(Process.PUBLIC), override_settings(ROOT_URLCONF="qorgan.config.urls.public"):
        client = Client()
        left = ["/", *first]
        while left:
            address = left.pop()
            if address in found or address.startswith("/static/"):
                continue
            languages = ("kk", "ru", "en") if address in first else ("kk",)
            answers = [client.get(address, headers={"cookie": f"lang={code}"}) for code in languages]
            found[address] = "\n".join(one.getvalue().decode("utf-8", "replace") for one in answers)
            left += [one for one in _LINK.findall(found[address]) if one not in found]
    return found


def _rows(process: Process) -> str:
    """All that a process may read in the database."""
    with as_process(process):
        tables = [table for table in our_models() if "S" in grants_of(table).get(process, "")]
        return "\n".join(_row(row) for table in tables for row in table._default_manager.all()[:2000])


def _row(row: models.Model) -> str:
    hidden = row.get_deferred_fields()
    values = (getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in hidden)
    return " ".join(bytes(one).decode("latin-1") if isinstance(one, bytes | memoryview) else str(one) for one in values)


def test_after_the_offence_no_page_and_no_row_of_the_public_process_tells_of_the_child(
    owner: Actor, colleague: Actor
) -> None:
    at = an_hour_ago()
    notice = made.standing(by=owner, second=colleague, now=at)
    address = f"/missing/{notice.token}/"
    assert _tells(_crawled(address)[address])
    assert _tells(_rows(Process.PUBLIC))
    factories.offence(by=owner, now=at + timedelta(minutes=1), case=notice.alarm.case, persons=(), **RAPE)
    with as_process(Process.COLLECTOR):
        run.collect_all(now=at + timedelta(minutes=2))
    pages = _crawled(address)
    assert len(pages) > 5
    assert {one: _tells(text) for one, text in pages.items() if _tells(text)} == {}
    for process in (Process.PUBLIC, Process.PETITIONS, Process.STATISTICS):
        assert _tells(_rows(process)) == [], process


def test_no_form_of_the_staff_names_the_child_to_the_public_any_more(owner: Actor, colleague: Actor) -> None:
    at = an_hour_ago()
    notice = made.proposed(by=owner, now=at)
    factories.offence(by=owner, now=at, case=notice.alarm.case, persons=(), **RAPE)
    alarm = Alarm.objects.get()
    words = {"seen": str(alarm.version)} | {f"words_{code}": text for code, text in made.TEXTS.items()}
    refused = signed_in("desk").post(f"/missing/{alarm.id}/notice/", words)
    assert (refused.status_code, "is not to be named" in refused.content.decode()) == (422, True)
    for act in ("approve", "decline", "down"):
        seen = Notice.objects.get().version
        sent = signed_in("head").post(f"/missing/notices/{notice.id}/", {"seen": seen, "act": act})
        assert sent.status_code in (404, 409, 422), act
    assert not Poster.objects.exists()
    assert "/notice/" not in signed_in("desk").get(f"/missing/{alarm.id}/").content.decode()


def _another(*, by: Actor, at: datetime, iin: str = "") -> Alarm:
    """The same child in a record of its own: another call, another case."""
    report = factories.report(by=by, now=at, victim=Named(written=made.CHILD, iin=iin))
    case = factories.cases.open_from_report(report=report, by=by, now=at)
    child = factories.case_queries.persons(case)[0][1].id
    return actions.raise_in_case(case=case, child_id=child, told=actions.Told(age=9), by=by, now=at)


@pytest.mark.parametrize("known_by", ["iin", "said"])
def test_nor_does_another_record_of_the_same_child_anywhere(owner: Actor, colleague: Actor, known_by: str) -> None:
    at = an_hour_ago()
    iin = IIN if known_by == "iin" else ""
    marked = _another(by=owner, at=at, iin=iin)
    far = actor("rudny")
    with acting(far):
        other = _another(by=far, at=at, iin=iin)
        assert not queries.is_never_named(other)
        proposed = made.proposed(by=far, now=at, held=other)
    if known_by == "said":
        with acting(everywhere := actor("duty")):
            people.hold_same(
                person_id=marked.child_id, other_id=other.child_id, why="шешесі айтты", by=everywhere, now=at
            )
    factories.offence(by=owner, now=at, case=marked.case, persons=(), **RAPE)
    with acting(far):
        assert Notice.objects.get(pk=proposed.pk).down_why == "never_named"
        with pytest.raises(rules.NeverNamed):
            made.proposed(by=far, now=at, held=other)


def test_a_namesake_is_another_child_and_may_be_named(owner: Actor) -> None:
    at = an_hour_ago()
    marked = _another(by=owner, at=at, iin=IIN)
    namesake = _another(by=owner, at=at)
    factories.offence(by=owner, now=at, case=marked.case, persons=(), **RAPE)
    assert made.proposed(by=owner, now=at, held=namesake).token == ""
