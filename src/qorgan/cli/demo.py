"""`qorgan demo`: one report from the call to the public figure, each step by the process whose work it is."""

import json
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from qorgan.base import clock, country, deployment
from qorgan.cli import apart, breaking, desk, serve
from qorgan.cli.simulate import NoPlan, part_of_a_year
from qorgan.cli.start import FAILED, failures, out

PASSWORD = "qorgan-demo-2026"  # invented people, invented records, printed on the screen
STEPS = ("place", "country", "records", "facts", "figures", "journal")
SCALE = "0.02"  # of the country's year, made beside the story so that its lists and figures are not empty
PAGES = (serve.Part.STAFF, serve.Part.PUBLIC, serve.Part.PETITIONS, serve.Part.DOOR)
BEHIND = (serve.Part.WORKER, serve.Part.SEALER, serve.Part.COLLECTOR, serve.Part.STATISTICS)
THREAD = ("report", "case", "order", "offence", "court_case", "decision", "figure", "statement", "release")
BESIDE = ("night", "military", "military_watch", "death_review", "advice_answered", "advice_late", "escalated")


class NotHere(ValueError):
    """This place is no place for a demonstration."""


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Do the work and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The thread as one JSON object.")] = False,
    scale: Annotated[str, typer.Option("--scale", help="How much of a synthetic year: 0 for none.")] = SCALE,
    port: Annotated[int, typer.Option("--port", min=1, max=65000, help="The first port to try.")] = serve.FIRST_PORT,
    break_it: Annotated[bool, typer.Option("--break", help="Kill servers while reports come in, and count.")] = False,
) -> None:
    """Show the whole thread on made-up data, from a report to a decision and a release, and serve the pages.

    The pages open as soon as the place is ready; the story goes on behind them.
    """
    with failures():
        part = part_of_a_year(scale)
        if not 0 <= part <= 1:
            raise NoPlan("A scale lies between 0, for none, and 1, for a whole year.")
        _mark()
        if break_it:
            _broken(port, as_json=as_json)
            return
        running: list[serve.Running] = []
        try:
            thread = _live(_bases(port), part, quiet=as_json, ready=lambda: None if no_serve else _open(running, port))
            if as_json:
                out(thread)
            else:
                _tell(thread)
            if no_serve:
                return
            running += serve.start(BEHIND, port=port)
            typer.echo(f"Sign in as inspector, clerk, prosecutor, checker or admin with {PASSWORD}. Stop with Ctrl+C.")
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
        apart.run("story", "begin", "--password", PASSWORD)
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
        raise NotHere("This place holds real records. Give the demonstration a QORGAN_HOME of its own.")
    home.mkdir(parents=True, exist_ok=True)
    (home / "demo").touch()


def _bases(port: int) -> dict[str, str]:
    staff = serve.free_port(port, hold=True)
    public = serve.free_port(port + 1, taken=[staff], hold=True)
    door = serve.free_port(port + PAGES.index(serve.Part.DOOR), taken=[staff, public])
    return {name: f"http://127.0.0.1:{at}/" for name, at in (("staff", staff), ("public", public), ("door", door))}


def _bar(*, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description:10}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True)


def _live(bases: dict[str, str], scale: Fraction, *, quiet: bool, ready: Callable[[], None]) -> dict[str, Any]:
    with _bar(quiet=quiet) as bar:
        task = bar.add_task("place", total=len(STEPS))

        def begin(step: str) -> None:
            bar.update(task, description=step, completed=STEPS.index(step))

        return _steps(begin, bases, scale, ready)


def _steps(
    begin: Callable[[str], None], bases: dict[str, str], scale: Fraction, ready: Callable[[], None]
) -> dict[str, Any]:
    begin("place")
    apart.run("story", "begin", "--password", PASSWORD)
    ready()
    begin("country")
    _country(scale)
    begin("records")
    file, followed = _register()
    thread: dict[str, Any] = apart.asked("story", "live", str(file), followed)
    if "death_review" in thread:
        thread |= apart.asked("story", "escalated")
    if "door" in country.toml("demo/desk.toml"):
        thread["door"] = _heard(bases["door"])
    begin("facts")
    thread["facts"] = apart.asked("facts", "collect", "--json")
    begin("figures")
    thread |= apart.asked("story", "figures")
    begin("journal")
    thread["journal"] = apart.asked("story", "seal")
    for step in thread.values():
        if "path" in step:
            step["url"] = bases["staff"] + step.pop("path")
    place = f"{bases['public']}releases/{thread['release']['number']}/"
    thread["laws"] = apart.asked("law", "life", "--json")["tally"] | {"url": f"{bases['public']}law/life/"}
    thread["figure"]["url"] = f"{place}{thread['figure']['number']}/"
    thread["release"]["url"] = place
    return thread


def _country(scale: Fraction) -> None:
    """A part of the synthetic year so far, once: made-up records around the ones that the story follows."""
    made = deployment.home() / "country"
    if made.exists() or scale == 0 or not (country.folder() / "simulation").is_dir():
        return
    apart.run("simulation", "settle")
    apart.run("simulation", "make", f"--year={clock.now():%Y}", f"--scale={scale}")
    made.touch()


def _heard(door: str) -> dict[str, Any]:
    """One report through the web door and its answer by a code, each part by the process whose work it is."""
    code = apart.asked("heard", "tell")["code"]
    apart.run("heard", "take-in")
    answered: dict[str, Any] = apart.asked("heard", "answer")
    return answered | {"door": f"{door}back/", "code": code, **apart.asked("heard", "read", code)}


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


def _tell(thread: dict[str, Any]) -> None:
    console = Console()
    for step in (*THREAD, *BESIDE):
        one = thread.get(step)
        if one is None:
            continue
        value = f" = {one['value']}" if "value" in one else ""
        law = f"  [dim]{one['law']}[/dim]" if one.get("law") else ""
        console.print(
            f"[bold]{step.replace('_', ' '):10}[/bold] {one['number']}{value}  {one['at']}{law}", highlight=False
        )
        console.print(f"           {one['url']}", highlight=False, soft_wrap=True)
    if "door" in thread:
        door = thread["door"]
        console.print(
            f"[bold]door[/bold]       {door['number']}  code: {door['code']}  {door['door']}",
            highlight=False,
            soft_wrap=True,
        )
    laws = thread["laws"]
    reported = f"{laws['whole']} of {laws['due']} reports on what acts oblige to are there"
    console.print(f"[bold]laws[/bold]       {reported}  {laws['url']}", highlight=False, soft_wrap=True)
    journal = thread["journal"]
    console.print(
        f"[bold]journal[/bold]    {journal['entries']} entries, the chain holds" if journal["holds"] else "broken"
    )
    if not journal["holds"]:
        raise typer.Exit(FAILED)
