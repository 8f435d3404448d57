"""`qorgan demo --break`: servers are killed while reports come in; each acknowledgement is held against the tables.

A report counts as acknowledged once the sender has its number in hand; until then the sender sends the same report
with the same key again, as the desks of other systems do.
"""

import http.client
import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import typer

from qorgan.base import clock, deployment, postgres
from qorgan.cli import apart, serve

REPORTS = 200
SENDERS = 3
PATIENCE = 90.0  # seconds that a sender goes on with one report before it gives up
_LAST = 0.9  # the share that the last kill is waited for at
KILLS = ((0.15, "data"), (0.35, "worker"), (0.55, "keys"), (0.75, "data"))  # after so much was acknowledged
_PARTS = (serve.Part.STAFF, serve.Part.WORKER, serve.Part.SEALER)


class NoAnswer(ValueError):
    """A sender got no number for its report within its patience."""


@dataclass
class Sent:
    """What the senders hold in their hands."""

    marks: list[str]
    at: str
    acknowledged: dict[str, str] = field(default_factory=dict)  # mark -> id of the report
    again: int = 0  # how often a report was sent once more
    failed: str = ""
    most: int = 0  # no more than so many are acknowledged before the next kill, or a fast machine would leave it out


def break_it(*, port: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Send reports by the API, kill the servers and the worker meanwhile, and count.

    Returns `sent`, `acknowledged`, `sent_again`, `lost` (acknowledged and not in the tables), `doubled` (in the tables
    more than once), `killed` and `journal`. The servers are left as they were found.

    Raises:
        NoAnswer: a report was not acknowledged within `PATIENCE` seconds.
    """
    run = uuid.uuid4().hex[:8]
    sent = Sent([f"{run}-{number:06d}" for number in range(REPORTS)], clock.now().isoformat())
    token = apart.run("channel", "open", "duty", "--most", "60000", "--as", "admin").strip()
    with (deployment.home() / "break.log").open("ab") as log:  # servers that lose their database say so at length
        running = serve.start(_PARTS, port=port, log=log)
        try:
            if not serve.answers(running[0].url, within=60, process=running[0].process):
                raise NoAnswer("The pages did not open their door.")
            killed = _send(sent, running, token, progress)
            _settled(running)
        finally:
            serve.end(running)
    counted = apart.asked("story", "count", run)
    journal = apart.asked("story", "seal")
    return {
        "sent": len(sent.marks),
        "acknowledged": len(sent.acknowledged),
        "sent_again": sent.again,
        "lost": len(set(sent.acknowledged.values()) - set(counted["ids"])),
        "doubled": len(counted["marks"]) - len(set(counted["marks"])),
        "jobs_waiting": counted["jobs_waiting"],
        "killed": killed,
        "journal": {"holds": journal["holds"], "entries": journal["entries"]},
    }


def _send(
    sent: Sent, running: list[serve.Running], token: str, progress: Callable[[int, int], None]
) -> list[dict[str, Any]]:
    waiting = list(reversed(sent.marks))
    lock = threading.Lock()
    due = list(KILLS)
    sent.most = _most(due, sent)
    senders = [threading.Thread(target=_sender, args=(sent, waiting, lock, running, token)) for _one in range(SENDERS)]
    for one in senders:
        one.start()
    killed: list[dict[str, Any]] = []
    while any(one.is_alive() for one in senders):
        serve.keep(running)
        done = len(sent.acknowledged)
        progress(done, len(sent.marks))
        if due and done >= due[0][0] * len(sent.marks):
            killed.append({"what": due.pop(0)[1], "after": done})
            _kill(killed[-1]["what"], running)
            sent.most = _most(due, sent)
        time.sleep(0.02)
    progress(len(sent.acknowledged), len(sent.marks))
    if sent.failed:
        raise NoAnswer(sent.failed)
    return killed


def _most(due: list[tuple[float, str]], sent: Sent) -> int:
    """Up to the kill after the next, so that the next one meets reports on their way; all, where none is due."""
    share = due[1][0] if len(due) > 1 else _LAST if due else 1
    return int(share * len(sent.marks))


def _kill(what: str, running: list[serve.Running]) -> None:
    """No farewell: what was in memory is gone."""
    if what == "worker":
        running[_PARTS.index(serve.Part.WORKER)].process.kill()
        return
    for cluster in postgres.status(deployment.home()).clusters:
        if cluster.name == what and cluster.pid:
            with suppress(ProcessLookupError):
                os.kill(cluster.pid, signal.SIGKILL)


def _sender(sent: Sent, waiting: list[str], lock: threading.Lock, running: list[serve.Running], token: str) -> None:
    place = running[0].url.removeprefix("http://").rstrip("/")
    while True:
        while len(sent.acknowledged) >= sent.most and waiting:
            time.sleep(0.01)
        with lock:
            if not waiting or sent.failed:
                return
            mark = waiting.pop()
        until, tries = time.monotonic() + PATIENCE, 0
        while (number := _post(place, token, mark, sent.at)) is None:
            tries += 1
            if time.monotonic() > until:
                sent.failed = f"Report {mark} was not acknowledged within {PATIENCE:.0f} s."
                return
            time.sleep(0.1)
        with lock:
            sent.acknowledged[mark] = number
            sent.again += tries


def _post(place: str, token: str, mark: str, at: str) -> str | None:
    """The id that the API gave to the report, or None where no answer came or the server said to come again."""
    said = {
        "channel": "other",
        "registered_at": at,
        "kui_no": mark,
        "narrative": f"SYNTHETIC {mark}",
        "victim": {"name": f"SYNTHETIC {mark}"},
    }
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": mark}
    line = http.client.HTTPConnection(place, timeout=20)
    try:
        line.request("POST", "/api/reports", body=json.dumps(said), headers=headers)
        answer = line.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
    if answer.status in (200, 201):
        return str(json.loads(body)["id"])
    return None


def _settled(running: list[serve.Running]) -> None:
    """Give the worker that was started anew some time; what its forerunner held is taken over within 90 seconds."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        serve.keep(running)
        if apart.asked("story", "count")["jobs_waiting"] == 0:
            return
        time.sleep(1)


def tell(told: dict[str, Any]) -> None:
    """The counts as a person reads them."""
    for kill in told["killed"]:
        typer.echo(f"killed       {kill['what']} after {kill['after']} reports")
    for name in ("sent", "acknowledged", "sent_again", "lost", "doubled", "jobs_waiting"):
        typer.echo(f"{name:12} {told[name]}")
    holds = "holds" if told["journal"]["holds"] else "is broken"
    typer.echo(f"{'journal':12} {holds}, {told['journal']['entries']} entries")
