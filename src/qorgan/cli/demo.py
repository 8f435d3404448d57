"""`qorgan demo`: one report from the call to the public figure, each step by the process whose work it is."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from qorgan.base import clock, country, deployment
from qorgan.cli import breaking, desk, serve
from qorgan.cli.start import FAILED, failures, out

PASSWORD = "qorgan-demo-2026"  # invented people, invented records, printed on the screen
STEPS = ("place", "country", "records", "facts", "figures", "journal")
SCALE = "0.02"  # of the country's year, made beside the story so that its lists and figures are not empty
PAGES = (serve.Part.STAFF, serve.Part.PUBLIC, serve.Part.PETITIONS)
BEHIND = (serve.Part.WORKER, serve.Part.SEALER, serve.Part.COLLECTOR, serve.Part.STATISTICS)
THREAD = ("report", "case", "order", "offence", "court_case", "decision", "figure", "release")


class StepFailed(ValueError):
    """A step of the demonstration did not come to its end; its own words say why."""


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Do the work and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The thread as one JSON object.")] = False,
    scale: Annotated[str, typer.Option("--scale", help="How much of a synthetic year: 0 for none.")] = SCALE,
    port: Annotated[int, typer.Option("--port", help="The first port to try.")] = serve.FIRST_PORT,
    break_it: Annotated[bool, typer.Option("--break", help="Kill servers while reports come in, and count.")] = False,
) -> None:
    """Show the whole thread on made-up data, from a report to a decision and a release, and serve the pages.

    The pages open as soon as the place is ready; the story goes on behind them.
    """
    with failures():
        _mark()
        if break_it:
            _broken(port, as_json=as_json)
            return
        running: list[serve.Running] = []
        try:
            thread = _live(_bases(port), scale, quiet=as_json, ready=lambda: None if no_serve else _open(running, port))
            if as_json:
                out(thread)
            else:
                _tell(thread)
            if no_serve:
                return
            running += serve.start(BEHIND, port=port)
            typer.echo(f"Sign in as inspector, clerk, prosecutor or checker with {PASSWORD}. Stop with Ctrl+C.")
        except BaseException:  # a story that breaks off leaves no server behind
            serve.end(running)
            raise
    serve.wait(running)


def _open(running: list[serve.Running], port: int) -> None:
    running += serve.start(PAGES, port=port)
    serve.tell(running, wanted=port)


def _broken(port: int, *, as_json: bool) -> None:
    with _bar(quiet=as_json) as bar:
        task = bar.add_task("place", total=None)
        _run("story", "begin", "--password", PASSWORD)
        bar.update(task, description="reports")
        told = breaking.break_it(port=port, progress=lambda done, of: bar.update(task, completed=done, total=of))
    if as_json:
        out(told)
    else:
        breaking.tell(told)
    if told["lost"] or told["doubled"] or not told["journal"]["holds"]:
        raise typer.Exit(FAILED)


def _mark() -> None:
    """Say for good that this place holds made-up records; a place with real ones refuses to become a demonstration."""
    home = deployment.home()
    if not (home / "demo").exists() and (home / "data").exists() and (home / "live").exists():
        raise StepFailed("This place holds real records. Give the demonstration a QORGAN_HOME of its own.")
    home.mkdir(parents=True, exist_ok=True)
    (home / "demo").touch()


def _bases(port: int) -> dict[str, str]:
    staff = serve.free_port(port, hold=True)
    public = serve.free_port(port + 1, taken=[staff], hold=True)
    return {"staff": f"http://127.0.0.1:{staff}/", "public": f"http://127.0.0.1:{public}/"}


def _bar(*, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description:10}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True)


def _live(bases: dict[str, str], scale: str, *, quiet: bool, ready: Callable[[], None]) -> dict[str, Any]:
    with _bar(quiet=quiet) as bar:
        task = bar.add_task("place", total=len(STEPS))

        def begin(step: str) -> None:
            bar.update(task, description=step, completed=STEPS.index(step))

        return _steps(begin, bases, scale, ready)


def _steps(
    begin: Callable[[str], None], bases: dict[str, str], scale: str, ready: Callable[[], None]
) -> dict[str, Any]:
    begin("place")
    _run("story", "begin", "--password", PASSWORD)
    ready()
    begin("country")
    _country(scale)
    begin("records")
    file, followed = _register()
    thread = _json("story", "live", str(file), followed)
    begin("facts")
    thread["facts"] = _json("facts", "collect", "--json")
    begin("figures")
    thread |= _json("story", "figures")
    begin("journal")
    thread["journal"] = _json("story", "seal")
    for step in thread.values():
        if "path" in step:
            step["url"] = bases["staff"] + step.pop("path")
    place = f"{bases['public']}releases/{thread['release']['number']}/"
    thread["figure"]["url"] = f"{place}{thread['figure']['number']}/"
    thread["release"]["url"] = place
    return thread


def _country(scale: str) -> None:
    """A part of the synthetic year so far, once: made-up records around the ones that the story follows."""
    made = deployment.home() / "country"
    if made.exists() or float(scale) == 0 or not (country.folder() / "simulation").is_dir():
        return
    _run("simulation", "settle")
    _run("simulation", "make", f"--year={clock.now():%Y}", f"--scale={scale}")
    made.touch()


def _register() -> tuple[Path, str]:
    """The day's register, made once a day, so that running the demonstration again sends the same file again."""
    from qorgan.places.engine.zones import zone

    now = clock.now()
    folder = deployment.home() / "desk"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = sorted(folder.glob("*.json"))
    if found:
        held = json.loads(found[-1].read_text(encoding="utf-8"))
        return folder / held["file"], held["followed"]
    made = desk.register(now=now - timedelta(minutes=1), zone=zone(country.toml("country.toml")["zone"]))
    file = folder / f"register-{now:%Y-%m-%d}.csv"
    file.write_bytes(made.content)
    note = {"file": file.name, "followed": made.followed}
    (folder / f"register-{now:%Y-%m-%d}.json").write_text(json.dumps(note), encoding="utf-8")
    return file, made.followed


def _run(*arguments: str) -> str:
    """One command in a process of its own, under that command's own login and keys."""
    done = subprocess.run(
        [sys.executable, "-m", "qorgan.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    if done.returncode != 0:
        raise StepFailed(f"{arguments[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}")
    return done.stdout


def _json(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_run(*arguments))
    return answer


def _tell(thread: dict[str, Any]) -> None:
    console = Console()
    for step in THREAD:
        one = thread.get(step)
        if one is None:
            continue
        value = f" = {one['value']}" if "value" in one else ""
        law = f"  [dim]{one['law']}[/dim]" if one.get("law") else ""
        console.print(f"[bold]{step:10}[/bold] {one['number']}{value}  {one['at']}{law}", highlight=False)
        console.print(f"           {one['url']}", highlight=False)
    journal = thread["journal"]
    console.print(
        f"[bold]journal[/bold]    {journal['entries']} entries, the chain holds" if journal["holds"] else "broken"
    )
    if not journal["holds"]:
        raise typer.Exit(FAILED)
