"""The statistics room: the statistician asks, a second person decides, the press officer reads."""

from pathlib import Path

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.releases import actions, queries
from qorgan.releases.models import BuildRequest, Release, ReleaseStep
from qorgan.releases.terms import State
from tests.architecture.guards.queries import count
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.releases.made import drafted, published
from tests.releases.test_build import LATER, SIGNER, build, publish, rows
from tests.roles import as_process
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No release comes with the program."""
    monkeypatch.setattr("qorgan.base.country.boxes", lambda: sorted(tmp_path.glob("*.zip")))


@pytest.fixture
def draft() -> Release:
    return drafted()


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode().replace("\u00a0", " ")


def work() -> None:
    """What the process `statistics` does every two seconds."""
    with as_process(Process.STATISTICS):
        while (asked := queries.unanswered()) is not None:
            actions.answer(request=asked, signer=SIGNER, by=Actor(name="releases.work", role="system"), now=LATER)


def test_statistician_asks_and_the_page_says_that_it_is_being_drawn_up() -> None:
    store(rows({75: 60, 79: 40}), moved_at=LATER)
    client = signed_in("statistician")
    sent = client.post("/figures/build/", {"period": "2026-10", "reason": ""})
    assert sent.status_code == 303
    assert "is being drawn up" in text(client, sent.headers["Location"])
    assert "Being drawn up" in text(client, "/figures/")
    work()
    answered = client.get(sent.headers["Location"])
    assert answered.headers["Location"] == "/figures/releases/2026-10-1/"
    whole = text(client, "/figures/releases/2026-10-1/")
    assert "Not published: nobody outside this house sees it." in whole
    assert "There is nothing for you to decide here." in whole


def test_refusal_of_the_process_is_read_by_the_person_who_asked() -> None:
    client = signed_in("statistician")
    sent = client.post("/figures/build/", {"period": "2026-10", "reason": ""})
    work()
    assert "No facts have been collected yet" in text(client, sent.headers["Location"])
    assert "No facts have been collected yet" in text(client, "/figures/")


def test_period_that_is_none_is_refused_with_everything_typed_still_there() -> None:
    client = signed_in("statistician")
    answer = client.post("/figures/build/", {"period": "last year", "reason": "because"})
    assert answer.status_code == 422
    assert "Write a period as" in answer.content.decode()
    assert 'value="last year"' in answer.content.decode()
    assert BuildRequest.objects.count() == 0


def test_checker_checks_and_publishes_from_the_room(draft: Release) -> None:
    client = signed_in("checker")
    room = text(client, "/figures/")
    assert f"/figures/room/{draft.number}/check/" in room
    assert "Is release 2026-10/1 right?" in text(client, f"/figures/room/{draft.number}/check/")
    assert client.post(f"/figures/room/{draft.number}/check/").status_code == 303
    assert client.post(f"/figures/room/{draft.number}/publish/").status_code == 303
    assert queries.life(draft).state is State.PUBLISHED
    assert "Release 2026-10/1 is published." in text(client, f"/figures/releases/{draft.number}/")
    again = client.post(f"/figures/room/{draft.number}/publish/")
    assert again.status_code == 422
    assert "was already published by" in again.content.decode()


def test_sending_back_and_withdrawing_ask_for_a_reason_and_keep_what_was_typed(draft: Release) -> None:
    client = signed_in("checker")
    silent = client.post(f"/figures/room/{draft.number}/send-back/", {"reason": " "})
    assert silent.status_code == 422
    assert "Say why." in silent.content.decode()
    assert client.post(f"/figures/room/{draft.number}/send-back/", {"reason": "Kostanay is not complete"}).status_code
    assert queries.life(draft).state is State.SENT_BACK
    assert "Kostanay is not complete" in text(client, "/figures/")
    assert f"/figures/room/{draft.number}/publish/" not in text(client, f"/figures/releases/{draft.number}/")


def test_withdrawn_release_is_still_read_in_the_room_with_its_reason() -> None:
    release = published()
    client = signed_in("checker")
    assert client.post(f"/figures/room/{release.number}/withdraw/", {"reason": "Counted twice"}).status_code == 303
    whole = text(client, f"/figures/releases/{release.number}/")
    assert "This release was withdrawn" in whole
    assert "Counted twice" in whole
    assert "<b>103</b>" in whole
    assert client.get(f"/figures/releases/{release.number}/box.zip").status_code == 200


def test_press_officer_reads_drafts_and_takes_files_and_decides_nothing(draft: Release) -> None:
    client = signed_in("press")
    assert draft.number in text(client, "/figures/")
    assert "103 reports" in text(client, f"/figures/releases/{draft.number}/")
    assert client.get(f"/figures/releases/{draft.number}/files/paper/kk.pdf").status_code == 200
    assert client.get(f"/figures/releases/{draft.number}/box.zip").status_code == 200
    assert "No date is announced." in text(client, "/figures/")
    for step in ("check", "send-back", "publish", "withdraw"):
        assert client.get(f"/figures/room/{draft.number}/{step}/").status_code == 403
        assert client.post(f"/figures/room/{draft.number}/{step}/", {"reason": "x"}).status_code == 403
    assert client.post("/figures/build/", {"period": "2026"}).status_code == 403
    assert client.post("/figures/dates/", {}).status_code == 403
    assert queries.life(draft).state is State.DRAFT


def test_look_at_a_draft_is_in_the_journal(draft: Release) -> None:
    text(signed_in("press"), f"/figures/releases/{draft.number}/")
    seen = JournalEntry.objects.get(kind="web.release.seen")
    assert (seen.thing_id, seen.detail["state"]) == (str(draft.pk), "draft")


@pytest.mark.parametrize("login", ["inspector", "admin", "prosecutor"])
def test_others_have_no_room_and_no_draft(draft: Release, login: str) -> None:
    client = signed_in(login)
    assert "Statistics room" not in text(client, "/figures/")
    assert client.get(f"/figures/releases/{draft.number}/").status_code == 404
    assert client.get(f"/figures/releases/{draft.number}/box.zip").status_code == 404
    assert client.get(f"/figures/room/{draft.number}/check/").status_code == 403
    assert client.get(f"/figures/room/{draft.number}/compare/").status_code == 403
    assert Client().get("/figures/").status_code == 302


def test_statistician_is_not_offered_the_steps_of_a_second_person(draft: Release) -> None:
    client = signed_in("statistician")
    assert "/check/" not in text(client, "/figures/")
    assert client.post(f"/figures/room/{draft.number}/check/").status_code == 403


def test_unknown_step_release_and_request_are_not_found(draft: Release) -> None:
    client = signed_in("checker")
    assert client.get(f"/figures/room/{draft.number}/bless/").status_code == 404
    assert client.get("/figures/room/2099-1/check/").status_code == 404
    assert client.get(f"/figures/asked/{draft.pk}/").status_code == 404
    assert client.get(f"/figures/room/{draft.number}/compare/").status_code == 404


def test_revision_is_compared_with_what_it_replaces() -> None:
    store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)
    release = publish(build())
    store(rows({75: 4}, first=100, at=LATER), moved_at=LATER)
    revised = build(now=LATER, reason="Late entries of one desk")
    beside = text(signed_in("checker"), f"/figures/room/{revised.number}/compare/")
    assert "2026-10/2 beside 2026-10/1" in beside
    assert "Reports registered" in beside
    assert ">107<" in beside
    assert ">103<" in beside
    differing = {one.code for one in queries.differences(revised, release) if not one.is_same}
    assert "orders_issued" in differing
    assert "sentences" not in differing


def test_date_is_announced_moved_with_a_reason_and_read_by_everyone() -> None:
    client = signed_in("statistician")
    first = client.post("/figures/dates/", {"period": "2099-01", "due_at": "15.02.2099 09:30", "reason": ""})
    assert first.status_code == 303
    moved = client.post("/figures/dates/", {"period": "2099-01", "due_at": "16.02.2099 09:30", "reason": ""})
    assert moved.status_code == 422
    assert "Say why." in moved.content.decode()
    assert client.post(
        "/figures/dates/", {"period": "2099-01", "due_at": "16.02.2099 09:30", "reason": "A public holiday"}
    )
    for login, address in (("press", "/figures/"), ("inspector", "/figures/latest/")):
        assert "16.02.2099, 09:30" in text(signed_in(login), address)
        assert "A public holiday" in text(signed_in(login), address)


def test_room_asks_the_database_the_same_few_questions_however_many_releases_there_are(draft: Release) -> None:
    client = signed_in("checker")
    text(client, "/figures/")
    counts = []
    for number in range(2, 6):
        counts.append(count(lambda: text(client, "/figures/")))
        drafted(id=f"00000000-0000-0000-0000-00000000000{number}", number=f"2026-10-{number}")
    assert len(set(counts)) == 1
    assert counts[0] <= 25
    assert ReleaseStep.objects.count() == 5
