"""She is called only on a number that she named, in her hours; and by no other way does anything leave."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import qorgan
from qorgan.base import ids
from qorgan.base.errors import Refused
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.messages import actions, rules
from qorgan.messages.models import Outgoing
from qorgan.messages.terms import Channel, SafeContact, Voice

ALMATY = ZoneInfo("Asia/Almaty")
HOUR = timedelta(hours=1)
ROOT = Path(qorgan.__file__).parent
# What can reach another machine. Each place that may says why; everything else that leaves goes through the gate.
OUTWARD = {
    *("smtplib", "ftplib", "telnetlib", "poplib", "imaplib", "nntplib", "socket", "http.client", "urllib.request"),
    *(
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
        "websockets",
        "paramiko",
        "twilio",
        "django.core.mail",
        "xmlrpc.client",
    ),
}
MAY = {
    "messages/channels/email.py": "the way out itself",
    "cli/serve.py": "asks the processes that it has just started whether they answer",
    "cli/breaking.py": "asks a demonstration of this machine whether it answers",
    "base/postgres/probe.py": "looks for a free port of this machine",
}


def safe(now: datetime, **changes: object) -> SafeContact:
    known = SafeContact(
        channel=Voice.CALL,
        address="+77010000041",
        code_word="алтын алма",
        hours_from=time(14),
        hours_until=time(15),
        verified_at=now - HOUR,
        answers="тек өзі",
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the changes name fields of SafeContact


def called(contact: SafeContact | None, *, by: Actor, now: datetime) -> SafeContact:
    return actions.call(contact=contact, thing="person", thing_id=ids.new(), zone=ALMATY, by=by, now=now)


def test_within_her_hours_the_caller_is_told_number_code_word_and_who_may_answer(owner: Actor, now: datetime) -> None:
    told = called(safe(now), by=owner, now=now)
    assert (told.address, told.code_word, told.answers, told.voicemail) == (
        "+77010000041",
        "алтын алма",
        "тек өзі",
        False,
    )
    entry = JournalEntry.objects.get(kind="messages.call.allowed")
    assert entry.detail == {}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"hours_from": time(18), "hours_until": time(21)}, rules.OutsideHours),
        ({"hours_from": time(8), "hours_until": time(14)}, rules.OutsideHours),
        ({"verified_at": None}, rules.ContactNotVerified),
        ({"verified_at": datetime.fromisoformat("2026-08-01T00:00:00+00:00")}, rules.ContactNotVerified),
        ({"address": ""}, rules.NoSafeContact),
        ({"barred": True}, rules.NotToHim),
        ({"channel": Voice.SHE}, rules.OnlySheGetsInTouch),
        ({"channel": Channel.EMAIL}, rules.NotByVoice),
    ],
)
def test_what_she_did_not_allow_is_refused_and_no_number_is_given_out(
    owner: Actor, now: datetime, changes: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        called(safe(now, **changes), by=owner, now=now)
    assert not JournalEntry.objects.filter(kind="messages.call.allowed").exists()


def test_of_whom_nobody_asked_how_nobody_calls(owner: Actor, now: datetime) -> None:
    with pytest.raises(rules.NoSafeContact):
        called(None, by=owner, now=now)


@pytest.mark.parametrize(
    ("channel", "refusal"), [(Voice.CALL, rules.OnlyByVoice), (Voice.SHE, rules.OnlySheGetsInTouch)]
)
def test_nothing_written_goes_to_whom_only_a_voice_may_reach(
    owner: Actor, now: datetime, channel: Voice, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        actions.queue(
            contact=safe(now, channel=channel),
            words="Сәлем",
            thing="person",
            thing_id=ids.new(),
            territory_id=7903,
            thread_id=ids.new(),
            zone=ALMATY,
            by=owner,
            now=now,
        )
    assert not Outgoing.objects.exists()


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def outward(source: str) -> set[str]:
    """The modules that a source imports, inside functions too, by which something could leave this machine."""
    return {
        name
        for name in _imported(ast.parse(source))
        if any(name == one or name.startswith(f"{one}.") for one in OUTWARD)
    }


def test_no_other_way_out_exists() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in ROOT.rglob("*.py")
        if (names := outward(path.read_text(encoding="utf-8")))
    }
    assert found.keys() == MAY.keys(), found


@pytest.mark.parametrize(
    "source",
    [
        "def tell():\n    import smtplib",
        "from urllib import request",
        "from django.core import mail",
        "from django.core.mail import send_mail",
        "import importlib\nimportlib.import_module('requests')",
    ],
)
def test_a_way_out_beside_the_gate_would_be_found(source: str) -> None:
    assert outward(source)


def _writes(source: str, name: str) -> bool:
    """Whether a source makes such a record, or asks the ways out themselves."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(ast.unparse(func) in (name, f"{name}.objects.create", f"{name}.objects.bulk_create") for func in calls)


@pytest.mark.parametrize("name", ["Outgoing", "channels.send", "email.send", "file.send"])
def test_only_the_gate_queues_and_only_what_it_queued_is_sent(name: str) -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and _writes(path.read_text(encoding="utf-8"), name)
    }
    gate = {"Outgoing": "messages/actions.py", "channels.send": "messages/actions.py"}
    assert found == {gate.get(name, "messages/channels/__init__.py")}
