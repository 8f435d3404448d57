"""The call screen while the database is away: by a pass, into the spool, carried in once, under her name."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate
from qorgan.base import clock, ids, spool
from qorgan.base.keys import vault
from qorgan.base.keys.store import Store
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.reports import actions, jobs
from qorgan.reports.models import Contact, Report, Spooled
from qorgan.reports.queries import contacts as queries
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import Consent
from qorgan.web.account import passes
from tests.conftest import actor
from tests.roles import as_process
from tests.spool.test_segments import raised
from tests.web.pages import signed_in
from tests.web.test_calls import NUMBER, TOLD

BY = Actor(name="spool")


@pytest.fixture
def taker(db: None) -> Actor:
    """The call-taker of line 150."""
    return actor("calltaker")


@pytest.fixture
def browser(taker: Actor, settings: LazySettings, tmp_path: Path) -> Client:
    """Her browser, with the pass that she was given at her first page."""
    private = X25519PrivateKey.from_private_bytes(bytes(range(32)))
    settings.DOOR_OPENS, settings.DOOR_SEALS = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    settings.SPOOL = str(tmp_path / "spool")
    spool.here().reserve()
    made = signed_in("calltaker")
    made.cookies["lang"] = "en"
    assert made.get("/calls/").status_code == 200
    assert passes.cookie() in made.cookies
    return made


@pytest.fixture
def away(browser: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The key store does not answer: no contact can be kept in the tables."""
    gone = vault.Vault(Store("host=/nowhere dbname=x connect_timeout=1"), {1: b"\x01" * 32}, fingerprints=b"\x01" * 32)
    with monkeypatch.context() as patched:
        patched.setattr(vault, "vault", lambda: gone)
        yield patched


def taken(browser: Client, number: str = NUMBER) -> tuple[str, str]:
    """A call taken while the database is away: its address and what its page brings along."""
    answer = browser.post("/calls/take/", {"contact_id": str(ids.new()), "number": number})
    assert answer.status_code == 200, answer.content.decode()
    return brought(answer)


def brought(answer: HttpResponse) -> tuple[str, str]:
    text = answer.content.decode()
    address = re.search(r'id="told"[^>]*action="([^"]+)complete/"', text)
    sheet = re.search(r'name="sheet" value="([^"]+)"><input type="hidden" name="seen"', text)
    assert address and sheet, text
    return address.group(1), sheet.group(1)


def carried() -> int:
    return spool.here().carry(lambda one: actions.carry(record=one, by=BY, now=clock.now()), failed=raised)


def taken_in() -> None:
    with as_process(Process.WORKER):
        jobs.take_in_spooled(timestamp=0)


def back(away: pytest.MonkeyPatch) -> None:
    """The database is back: what waits is carried in, and taken in, twice."""
    away.undo()
    carried()
    for _minute in range(2):
        taken_in()
    assert Spooled.objects.filter(taken_at=None).count() == 0


def contacts(taker: Actor) -> list[Contact]:
    with acting(taker):
        return list(Contact.objects.filter(taken_by=taker.staff))


@pytest.mark.parametrize("what", ["silent", "prank", "wrong_number", "test", "abusive", "information"])
def test_one_key_ends_a_contact_and_another_takes_it_back(
    browser: Client, taker: Actor, away: pytest.MonkeyPatch, what: str
) -> None:
    page, sheet = taken(browser)
    answer = browser.post(f"{page}dispose/", {"disposition": what, "sheet": sheet})
    assert "Take back" in answer.content.decode()
    other, second = taken(browser)
    answer = browser.post(f"{other}dispose/", {"disposition": what, "sheet": second})
    found = re.search(rf'action="{other}undo/".*?name="sheet" value="([^"]+)"', answer.content.decode(), re.DOTALL)
    assert found is not None
    assert "goes on" in browser.post(f"{other}undo/", {"sheet": found.group(1)}).content.decode()
    back(away)
    held = {f"/calls/{one.id}/": one for one in contacts(taker)}
    assert held.keys() == {page, other}
    assert (held[page].disposition, held[other].disposition, held[other].ended_at) == (what, "", None)
    assert held[page].ended_at is not None
    with acting(taker):
        assert queries.number(held[page]) == "+77010000041"


def test_a_finished_contact_becomes_one_report_under_her_name(
    browser: Client, taker: Actor, away: pytest.MonkeyPatch
) -> None:
    page, sheet = taken(browser)
    draft = TOLD | {"narrative": "Кешке үйге"}
    saved = browser.post(f"{page}draft/", draft | {"sheet": sheet}, headers={"HX-Request": "true"})
    assert "sealed" in saved.content.decode()
    answer = browser.post(f"{page}dispose/", draft | {"disposition": "self", "sheet": sheet})
    assert brought(answer)[0] == page
    assert draft["narrative"] in answer.content.decode()
    told = TOLD | {"sheet": brought(answer)[1], "reach": "call", "phone": "87010000099", "hours": "18-21"}
    for _press in range(2):
        assert "Kept, sealed" in browser.post(f"{page}complete/", told).content.decode()
    for file in (spool.here()._folder).glob("segment-*"):
        assert TOLD["narrative"].encode() not in file.read_bytes()
    before = clock.now()
    back(away)
    with acting(taker):
        report = Report.objects.get(pk=contacts(taker)[0].id)
        assert queries.draft_of(report.id).said["narrative"] == TOLD["narrative"]
        assert report.received_by == taker.staff
    assert report.received_at < before
    kinds = list(
        JournalEntry.objects.filter(thing_id=str(report.id), staff_id=taker.staff).values_list("kind", flat=True)
    )
    assert kinds.count("reports.report.accepted") == 1


def test_what_was_kept_last_is_the_draft(browser: Client, taker: Actor, away: pytest.MonkeyPatch) -> None:
    page, sheet = taken(browser)
    for text in ("бір", "бір екі", "бір"):
        browser.post(f"{page}draft/", {"narrative": text, "sheet": sheet}, headers={"HX-Request": "true"})
    back(away)
    (held,) = contacts(taker)
    with acting(taker):
        assert queries.draft_of(held.id).said == {"narrative": "бір"}
    assert held.ended_at is None


def test_a_page_opened_before_goes_on_and_so_does_one_that_is_open_when_the_database_is_back(
    browser: Client, taker: Actor, away: pytest.MonkeyPatch
) -> None:
    away.undo()
    online = browser.post("/calls/take/", {"contact_id": "0193a8c0-0000-7000-8000-000000000001", "number": ""})
    page = online.headers["Location"]
    with pytest.MonkeyPatch.context() as again:
        gone = vault.Vault(Store("host=/nowhere dbname=x connect_timeout=1"), {1: b"\x01" * 32}, fingerprints=b"\x01")
        again.setattr(vault, "vault", lambda: gone)
        kept = browser.post(f"{page}draft/", {"narrative": "үзілмейді"}, headers={"HX-Request": "true"})
        assert "sealed" in kept.content.decode()
        other, sheet = taken(browser)
    saved = browser.post(f"{other}draft/", {"narrative": "кейін", "sheet": sheet}, headers={"HX-Request": "true"})
    assert 'name="seen"' in saved.content.decode()
    back(away)
    found = {f"/calls/{one.id}/": one for one in contacts(taker)}
    assert found.keys() == {page, other}
    with acting(taker):
        assert queries.draft_of(found[page].id).said == {"narrative": "үзілмейді"}
        assert queries.draft_of(found[other].id).said == {"narrative": "кейін"}


def test_whoever_might_not_any_more_has_told_it_all_the_same(
    browser: Client, taker: Actor, away: pytest.MonkeyPatch
) -> None:
    page, sheet = taken(browser)
    browser.post(f"{page}dispose/", TOLD | {"disposition": "self", "sheet": sheet})
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(pk=taker.mandate_id).update(valid_until=clock.now() - timedelta(days=1))
    back(away)
    with acting(taker):
        (held,) = Contact.objects.filter(taken_by=taker.staff)
        assert (held.disposition, held.ended_at, held.agency_id) == ("", None, taker.agency_id)
        assert queries.draft_of(held.id).said["narrative"] == TOLD["narrative"]
        duty = Duty.objects.get(thing_id=held.id, kind=Kind.SEE_TO_CONTACT)
    assert duty.agency_id == taker.agency_id
    left = JournalEntry.objects.filter(kind="reports.contact.left")
    assert [one.detail["code"] for one in left] == ["not_allowed", "not_allowed"]


def test_who_asks_in_the_second_of_the_fall_is_not_told_that_she_has_no_mandate(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from qorgan.web import middleware

    def gone(*_asked: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(middleware, "_acting", gone)  # and by the time of the page the database is back
    assert browser.get("/calls/").status_code == 200
    monkeypatch.undo()
    browser.cookies.pop(passes.cookie())
    monkeypatch.setattr(middleware, "_acting", gone)
    assert browser.get("/calls/").status_code == 503


def test_where_he_serves_it_is_sealed_whoever_told_it(browser: Client, taker: Actor, away: pytest.MonkeyPatch) -> None:
    page, sheet = taken(browser)
    told = TOLD | {"serving": "police"}
    answer = browser.post(f"{page}dispose/", told | {"disposition": "self", "sheet": sheet})
    browser.post(f"{page}complete/", told | {"sheet": brought(answer)[1]})
    away.undo()
    carried()
    taken_in()
    assert Spooled.objects.filter(taken_at=None).count() == 0
    with acting(taker):
        (held,) = Contact.objects.filter(taken_by=taker.staff)  # its author stays for an hour
        assert held.report_id == held.id
        assert agencies.is_sealed(held.thread_id)
    with acting(actor("duty")):
        assert not Contact.objects.filter(pk=held.id).exists()


def test_what_is_left_to_the_desk_is_sealed_too_where_he_serves(
    browser: Client, taker: Actor, away: pytest.MonkeyPatch
) -> None:
    page, sheet = taken(browser)
    told = TOLD | {"serving": "police"}
    for text in ("бір", "екі"):
        browser.post(f"{page}draft/", told | {"narrative": text, "sheet": sheet}, headers={"HX-Request": "true"})
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(pk=taker.mandate_id).update(valid_until=clock.now() - timedelta(days=1))
    back(away)
    with acting(taker):
        assert all(queries.draft_of(one.id).said == {} for one in Contact.objects.all())  # the number alone
    assert JournalEntry.objects.filter(kind="reports.contact.left", detail__act="draft").count() == 2


def test_another_ones_words_are_not_overwritten(browser: Client, taker: Actor, away: pytest.MonkeyPatch) -> None:
    page, sheet = taken(browser)
    browser.post(f"{page}draft/", {"narrative": "менікі", "sheet": sheet}, headers={"HX-Request": "true"})
    away.undo()
    with acting(taker):
        contact_id = UUID(page.strip("/").rpartition("/")[2])
        reached = actions.Reached(contact_id=contact_id, line=Channel.TRUST_LINE_150, rang_at=clock.now())
        held = actions.begin(reached=reached, by=taker, now=clock.now())
    other = Actor(**{**vars(taker), "staff_id": actor("duty").staff_id})
    with acting(other):
        save(held, "басқа", by=other, now=clock.now())
    back(away)
    with acting(taker):
        said = sorted(queries.draft_of(one.id).said["narrative"] for one in Contact.objects.all())
    assert said == ["басқа", "менікі"]


def save(held: Contact, text: str, *, by: Actor, now: datetime) -> None:
    words = {"narrative": text}
    actions.save_draft(
        contact_id=held.id,
        said=words,
        serving=Serving.NOT_ASKED,
        consent=Consent.NOT_ASKED,
        by=by,
        now=now,
        seen=0,
    )


def test_with_no_room_it_is_not_accepted_and_stays_on_the_page(
    browser: Client, away: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    page, sheet = taken(browser)
    for path in spool.here().paths():
        path.unlink()
    answer = browser.post(f"{page}complete/", TOLD | {"sheet": sheet})
    assert answer.status_code == 422  # not said yet what it is
    answer = browser.post(f"{page}dispose/", TOLD | {"sheet": sheet, "disposition": "self"})
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "Not accepted" in text
    assert "150" in text
    assert TOLD["narrative"] in text
