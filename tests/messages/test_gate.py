"""The one gate: nothing leaves but to a contact she called safe, in the hours she named, and once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qorgan.base import clock, ids
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.messages import actions, channels, jobs, rules
from qorgan.messages.models import Outgoing
from qorgan.messages.terms import Channel, SafeContact
from tests.messages.post_office import PostOffice, post_office
from tests.roles import as_process

ALMATY = ZoneInfo("Asia/Almaty")
WORDS = "Ертең сағат онда кездесейік.\nАйгүл"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """An open post office that the gate knows of."""
    with post_office() as opened:
        monkeypatch.setenv("QORGAN_SMTP", opened.address)
        yield opened


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The courier's tray."""
    monkeypatch.setenv("QORGAN_TRAY", str(tmp_path / "tray"))
    return tmp_path / "tray"


def _contact(now: datetime, channel: Channel = Channel.EMAIL, **changes: object) -> SafeContact:
    safe = SafeContact(channel=channel, address="gulsezim@example.kz", code_word="алтын алма", verified_at=now)
    return replace(safe, **changes)  # type: ignore[arg-type]  # the changes name fields of SafeContact


def _queue(contact: SafeContact | None, *, by: Actor, now: datetime) -> Outgoing:
    return actions.queue(
        contact=contact,
        words=WORDS,
        thing="case",
        thing_id=ids.new(),
        territory_id=7903,
        thread_id=ids.new(),
        zone=ALMATY,
        by=by,
        now=now,
    )


def _deliver(message: Outgoing, *, by: Actor, now: datetime) -> bool:
    with as_process(Process.WORKER):
        return actions.deliver(message_id=message.id, by=by, now=now)


def test_without_a_safe_contact_nothing_is_queued(owner: Actor, now: datetime) -> None:
    refused = [None, *(_contact(now, address=bad) for bad in ("", "a@b\nBcc: all@x", "a\x00b"))]
    refused.append(_contact(now, channel="pigeon"))  # type: ignore[arg-type]  # a way out that does not exist
    for contact in refused:
        with pytest.raises(rules.NoSafeContact):
            _queue(contact, by=owner, now=now)
    assert not Outgoing.objects.exists()
    assert not JournalEntry.objects.filter(kind="messages.outgoing.queued").exists()


@pytest.mark.parametrize("days", [None, 90.0001, 4000])
def test_a_contact_never_verified_or_too_long_ago_is_asked_for_again(
    owner: Actor, now: datetime, days: float | None
) -> None:
    verified = now - timedelta(days=days) if days else None
    with pytest.raises(rules.ContactNotVerified):
        _queue(_contact(now, verified_at=verified), by=owner, now=now)
    assert not Outgoing.objects.exists()


def test_a_contact_verified_within_a_season_is_safe(owner: Actor, now: datetime) -> None:
    assert _queue(_contact(now, verified_at=now - timedelta(days=90)), by=owner, now=now).sent_at is None


def _window(start: time | None, end: time | None, local: str) -> tuple[str, str]:
    """The window for a local moment, as local text."""
    moment = datetime.fromisoformat(local).replace(tzinfo=ALMATY).astimezone(UTC)
    contact = SafeContact(channel="email", address="a@b", hours_from=start, hours_until=end, verified_at=moment)
    opens, closes = rules.window(contact, now=moment, zone=ALMATY)
    shown = (opens.astimezone(ALMATY), closes.astimezone(ALMATY) if closes else None)
    return f"{shown[0]:%d %H:%M}", f"{shown[1]:%d %H:%M}" if shown[1] else ""


@pytest.mark.parametrize(
    ("start", "end", "local", "opens", "closes"),
    [
        (None, None, "2026-11-20 03:00", "20 03:00", ""),
        (time(9), time(18), "2026-11-20 08:59", "20 09:00", "20 18:00"),
        (time(9), time(18), "2026-11-20 09:00", "20 09:00", "20 18:00"),
        (time(9), time(18), "2026-11-20 17:59", "20 17:59", "20 18:00"),
        (time(9), time(18), "2026-11-20 18:00", "21 09:00", "21 18:00"),
        (time(22), time(6), "2026-11-20 23:30", "20 23:30", "21 06:00"),
        (time(22), time(6), "2026-11-20 05:59", "20 05:59", "20 06:00"),
        (time(22), time(6), "2026-11-20 06:00", "20 22:00", "21 06:00"),
        (time(22), time(6), "2026-11-20 12:00", "20 22:00", "21 06:00"),
        (time(0), time(0), "2026-11-20 12:00", "20 12:00", "21 00:00"),
        # the night of 29 February 2024, when the clocks of Almaty went back one hour at midnight
        (time(23), time(7), "2024-02-29 23:30", "29 23:30", "01 07:00"),
    ],
)
def test_hours_are_those_of_her_place_also_over_midnight(
    start: time | None, end: time | None, local: str, opens: str, closes: str
) -> None:
    assert _window(start, end, local) == (opens, closes)


def test_a_letter_says_its_words_and_nothing_in_subject_or_sender(
    owner: Actor, now: datetime, office: PostOffice
) -> None:
    message = _queue(_contact(now), by=owner, now=now)
    assert _deliver(message, by=owner, now=now)
    (letter,) = office.letters
    assert office.recipients == [["gulsezim@example.kz"]]
    assert letter.get_content().strip() == WORDS
    headers = " ".join(f"{name}: {value}" for name, value in letter.items()).casefold()
    for telling in ("qorgan", "қорған", "police", "полиц", "violence", "зорлық", "насили", "case", "іс", "кездес"):
        assert telling not in headers
    assert letter["Subject"]
    assert letter["From"]


def test_a_message_that_left_is_not_sent_again(owner: Actor, now: datetime, office: PostOffice) -> None:
    message = _queue(_contact(now), by=owner, now=now)
    assert [_deliver(message, by=owner, now=now) for _turn in range(3)] == [True, False, False]
    assert len(office.letters) == 1
    assert JournalEntry.objects.filter(kind="messages.outgoing.sent").count() == 1


def test_before_its_hours_it_waits_and_after_them_it_is_not_sent_at_all(
    owner: Actor, now: datetime, office: PostOffice
) -> None:
    evening = _contact(now, hours_from=time(20), hours_until=time(21))
    message = _queue(evening, by=owner, now=now)
    assert (message.not_before.astimezone(ALMATY).hour, message.not_after.astimezone(ALMATY).hour) == (20, 21)  # type: ignore[union-attr]  # it has hours
    assert not _deliver(message, by=owner, now=message.not_before - timedelta(seconds=1))
    assert office.letters == []
    late = message.not_before + timedelta(hours=1, seconds=1)
    for _turn in range(2):
        assert not _deliver(message, by=owner, now=late)
    assert not _deliver(message, by=owner, now=message.not_before)  # not even by a clock that goes back
    held = Outgoing.objects.get(pk=message.pk)
    assert (held.failed_at, held.failure, held.sent_at) == (late, "hours_passed", None)
    assert JournalEntry.objects.filter(kind="messages.outgoing.missed").count() == 1
    assert office.letters == []


def test_a_post_office_that_does_not_take_it_leaves_it_waiting(
    owner: Actor, now: datetime, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = _queue(_contact(now), by=owner, now=now)
    office.refuses.add("gulsezim@example.kz")
    with pytest.raises(channels.NotSent):
        _deliver(message, by=owner, now=now)
    office.closed = True
    with pytest.raises(channels.NotSent):
        _deliver(message, by=owner, now=now)
    monkeypatch.setenv("QORGAN_SMTP", "")
    with pytest.raises(channels.NotSent):
        _deliver(message, by=owner, now=now)
    assert not JournalEntry.objects.filter(kind="messages.outgoing.sent").exists()
    office.refuses.clear()
    office.closed = False
    monkeypatch.setenv("QORGAN_SMTP", office.address)
    assert _deliver(message, by=owner, now=now)


def test_a_courier_finds_the_message_as_a_file_of_his_own(owner: Actor, now: datetime, tray: Path) -> None:
    message = _queue(_contact(now, Channel.FILE, address="7-кабинет"), by=owner, now=now)
    assert _deliver(message, by=owner, now=now)
    (file,) = tray.iterdir()
    assert file.read_text(encoding="utf-8") == f"7-кабинет\n\n{WORDS}\n"
    assert file.stat().st_mode & 0o077 == 0
    assert tray.stat().st_mode & 0o077 == 0
    assert not _deliver(message, by=owner, now=now)
    assert len(list(tray.iterdir())) == 1


def test_address_and_words_are_sealed_and_the_journal_has_neither(owner: Actor, now: datetime) -> None:
    message = Outgoing.objects.get(pk=_queue(_contact(now), by=owner, now=now).pk)
    row = f"{bytes(message.address)!r}{bytes(message.words)!r}"
    assert "gulsezim" not in row
    entry = JournalEntry.objects.get(kind="messages.outgoing.queued")
    assert (entry.thing_id, entry.detail) == (str(message.id), {})


def test_a_stranger_cannot_send_what_another_place_has_queued(
    owner: Actor, stranger: Actor, now: datetime, office: PostOffice
) -> None:
    message = _queue(_contact(now), by=owner, now=now)
    with acting(stranger):
        assert not _deliver(message, by=stranger, now=now)
    assert office.letters == []


@pytest.mark.django_db(transaction=True)
def test_the_job_delivers_in_its_hours_and_comes_again_where_it_was_early(now: datetime, office: PostOffice) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from tests.conftest import actor

    inspector = actor("inspector")
    with acting(inspector):
        message = _queue(_contact(now, hours_from=time(20), hours_until=time(21)), by=inspector, now=now)
        jobs.defer(message)
    (job,) = ProcrastinateJob.objects.filter(task_name="messages.deliver")
    assert (job.scheduled_at, job.args) == (message.not_before, {"message_id": str(message.id)})
    with as_process(Process.WORKER):
        with clock.frozen(message.not_before - timedelta(seconds=1)):
            jobs.deliver(str(message.id))
        assert ProcrastinateJob.objects.filter(task_name="messages.deliver").count() == 2
        with clock.frozen(message.not_before):
            jobs.deliver(str(message.id))
            jobs.deliver(str(message.id))
    assert ProcrastinateJob.objects.filter(task_name="messages.deliver").count() == 2
    assert len(office.letters) == 1
