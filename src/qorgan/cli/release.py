"""`qorgan release`: freezing figures, the steps of a second person, and checking what was frozen.

A person asks as a member of staff; the process `statistics`, which alone sees facts and signs, builds what was asked.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base.processes import Process
from qorgan.cli import apart
from qorgan.cli.acting import as_staff
from qorgan.cli.claim import again
from qorgan.cli.start import FAILED, failures, out, under

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.releases.models import BuildAnswer, Release

app = typer.Typer(help="Releases.", no_args_is_help=True)
SHIPPED = "shipped"

Number = Annotated[str, typer.Argument(help="The number: 2026-10-1.")]
AsChecker = Annotated[str, typer.Option("--as", help="Who takes the step: not the one who built it.")]
Json = Annotated[bool, typer.Option("--json")]


@app.command("build")
@under(Process.STAFF)
def build(
    period: Annotated[str, typer.Option("--period", help="2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")],
    login: Annotated[str, typer.Option("--as", help="Who builds it.")] = "statistician",
    reason: Annotated[str, typer.Option("--reason", help="Why a period released before is released again.")] = "",
    to: Annotated[Path | None, typer.Option("--to", help="Also write the box to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Freeze the figures of a period as a draft: definitions, tables, texts, charts, manifest, signature."""
    from rich.console import Console

    with as_staff(login) as by, Console(stderr=True, quiet=as_json).status("building"):
        made = built(period, by=by, reason=reason)
    if to is not None:
        to.write_bytes(bytes(made.box))
    shown: dict[str, str | None] = {
        "number": made.number,
        "digest": made.digest,
        "built_at": made.built_at.isoformat(),
        "file": str(to) if to else None,
    }
    if as_json:
        out(shown)
        return
    typer.echo(f"Release {made.number}, digest {made.digest}. A second person checks and publishes it.")


def built(period: str, *, by: "Actor", reason: str) -> "Release":
    """Ask, let the process `statistics` answer, take the answer. Raises ValueError with the sentence of a refusal."""
    from qorgan.base import clock
    from qorgan.releases import actions

    asked = actions.ask(period=period, reason=reason, language="en", by=by, now=clock.now())
    failure = None
    try:
        apart.run("release", "work", "--once")
    except apart.CommandFailed as failed:  # another that works beside it may have answered
        failure = failed
    answer = _answer(asked.pk)
    if answer is None:
        raise failure or ValueError("The process `statistics` has not answered.")
    if answer.release is None:
        raise ValueError(answer.refusal)
    return answer.release


def _answer(request: Any) -> "BuildAnswer | None":
    from qorgan.releases import queries

    asked = queries.requests().get(pk=request)
    return getattr(asked, "answer", None)


@app.command("work")
@under(Process.STATISTICS)
def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits, then end.")] = False,
    every: Annotated[int, typer.Option("--every", help="Look again after so many seconds.")] = 2,
) -> None:
    """Build what staff have asked for, until told to stop. Another process may take over at any moment."""
    from django.db import Error, connection

    while True:
        try:
            while _work():
                pass
            if not once:
                again(most=STATEMENTS)
        except Error:
            if once:
                raise
            connection.close()
        if once:
            return
        time.sleep(every)


STATEMENTS = 5  # of the register, checked again between two looks for work


def _work() -> bool:
    from django.conf import settings

    from qorgan.base import clock, signing
    from qorgan.base.scope import Actor
    from qorgan.releases import actions, queries

    request = queries.unanswered()
    if request is None:
        return False
    by = Actor(name="releases.work", role="system", purpose="statistics")
    actions.answer(request=request, signer=signing.signer(demo=settings.DEMO), by=by, now=clock.now())
    return True


@app.command("check")
@under(Process.STAFF)
def check(
    number: Number,
    login: AsChecker = "checker",
    send_back: Annotated[str, typer.Option("--send-back", help="Send it back for this reason instead.")] = "",
) -> None:
    """Say that a draft is right; or send it back with a reason."""
    from qorgan.releases import actions

    if send_back:
        _step(number, login, lambda **known: actions.send_back(reason=send_back, **known))
    else:
        _step(number, login, actions.check)


@app.command("publish")
@under(Process.STAFF)
def publish(number: Number, login: AsChecker = "checker") -> None:
    """Let the public read a release that was checked."""
    from qorgan.releases import actions

    _step(number, login, actions.publish)


@app.command("withdraw")
@under(Process.STAFF)
def withdraw(
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="Why: it stays in the release's place.")],
    login: AsChecker = "checker",
) -> None:
    """Take a published release out of sight; its number, dates and the reason stay."""
    from qorgan.releases import actions

    _step(number, login, lambda **known: actions.withdraw(reason=reason, **known))


def _step(number: str, login: str, act: "Callable[..., Release]") -> None:
    from qorgan.base import clock
    from qorgan.releases import queries

    with as_staff(login) as by:
        release = act(release=queries.get(number, drafts=True), by=by, now=clock.now())
        state = queries.life(release).state
    typer.echo(f"Release {release.number}: {state.value}")


@app.command("list")
@under(Process.STAFF)
def list_(as_json: Json = False) -> None:
    """The releases of this place and those that come with the program, the newest period first."""
    from qorgan.releases import queries

    own = list(queries.history(drafts=True))
    rows = [
        {
            "number": life.release.number,
            "from": f"{life.release.period_from}",
            "to": f"{life.release.period_to}",
            "state": SHIPPED if life.release.is_shipped else life.state.value,
            "data": "SYNTHETIC" if life.release.is_synthetic else "RECORDED",
            "digest": life.release.digest,
        }
        for life in queries.lives([*own, *queries.shipped()])
    ]
    if as_json:
        out(rows)
        return
    for row in rows:
        told = f"{row['number']:14} {row['from']} .. {row['to']}  {row['state']:10} {row['data']:10}"
        typer.echo(f"{told} {row['digest'][:16]}")
    if not rows:
        typer.echo("No release yet. `qorgan release build --period 2026-10` makes one.")


@app.command("show")
@under(Process.STAFF)
def show(number: Number, language: Annotated[str, typer.Option("--lang")] = "en", as_json: Json = False) -> None:
    """What a release says, and the steps of its life."""
    from qorgan.releases import queries

    found = queries.shipped_one(number) or queries.get(number, drafts=True)
    life, told = queries.life(found), queries.text(found, language)
    steps = [
        {"stage": step.stage, "name": step.name, "at": step.at.isoformat(), "reason": step.reason}
        for step in life.steps
    ]
    if as_json:
        out({"number": found.number, "state": life.state.value, "digest": found.digest, "steps": steps, "text": told})
        return
    typer.echo(f"{told['headline']}\n{' '.join(told['opening'])}\n{told['lead']}\n")
    for line in told["paragraphs"]:
        typer.echo(line)
    for step in steps:
        typer.echo(f"{step['at']}  {step['stage']:10} {step['name']}  {step['reason']}")


@app.command("verify")
def verify(
    what: Annotated[str, typer.Argument(help="A file of a release, the number of one of this place, or `shipped`.")],
    key: Annotated[list[str] | None, typer.Option("--key", help="A public key (hex) to trust, and no other.")] = None,
    as_json: Json = False,
) -> None:
    """Check a release with nothing but the release; the exit says whether it is whole."""
    from qorgan.releases.engine import verify as checking

    with failures():
        sources = _sources(what)
    found = [(name, source, checking.verify(source, trusted=key or None)) for name, source in sources]
    faults = [fault for _name, _source, each in found for fault in each]
    if as_json:
        out({"whole": not faults, "faults": [{"code": one.code, "file": one.file, "text": one.text} for one in faults]})
    else:
        for name, source, each in found:
            for fault in each:
                typer.echo(f"{name}: {fault}", err=True)
            if not each:
                box = checking.opened(source)
                typer.echo(f"{name}: whole, {box.digest}, signed by key {box.signature.key_id}.")
    if faults:
        raise typer.Exit(FAILED)


def _sources(what: str) -> list[tuple[str, bytes]]:
    """The bytes to be checked, each with a name. A file, or what comes with the program, needs no database."""
    from qorgan.base import country
    from qorgan.releases.engine import box

    def read(path: Path) -> bytes:
        with path.open("rb") as file:
            return file.read(box.LARGEST + 1)

    if what == SHIPPED:
        found = [(path.name, read(path)) for path in country.boxes()]
        if not found:
            raise FileNotFoundError("No release comes with this installation.")
        return found
    path = Path(what)
    return [(path.name, read(path))] if path.exists() else [(what, _box_of(what))]


@under(Process.STATISTICS)
def _box_of(number: str) -> bytes:
    from qorgan.releases import queries

    return bytes(queries.get(number, drafts=True).box)
