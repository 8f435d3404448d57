"""`qorgan simulate`: a synthetic year of the country in a database of its own, checked against its own ledger."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from qorgan.base.processes import Process
from qorgan.cli import apart
from qorgan.cli.start import FAILED, failures, out, under

if TYPE_CHECKING:
    from qorgan.simulation.engine.ledger import Ledger
    from qorgan.simulation.engine.plan import Plan

app = typer.Typer(hidden=True, no_args_is_help=True)


class By(StrEnum):
    """How the records come about."""

    ACTIONS = "actions"
    LOADER = "loader"


class NoPlan(ValueError):
    """Nothing can be simulated so, or not here."""


Years = Annotated[list[int], typer.Option("--year", help="A year from 2013 to 2026; may be given again.")]
Scale = Annotated[str, typer.Option("--scale", help="A part of the country: 1, 0.1, 1/50.")]
Seed = Annotated[int, typer.Option("--seed", help="Another seed is another country of the same shape.")]
Way = Annotated[By, typer.Option("--by", help="Act by act as staff, or set by set: the same rows.")]
Processes = Annotated[
    int, typer.Option("--processes", min=1, help="Several side by side: faster, numbers as they race.")
]


def simulate(
    year: Years = [2024],  # noqa: B006 - typer copies it
    scale: Scale = "0.01",
    seed: Seed = 1,
    by: Way = By.LOADER,
    processes: Processes = 1,
    check: Annotated[bool, typer.Option("--check", help="Collect facts, compare every indicator.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    home: Annotated[Path | None, typer.Option("--home", help="Keep the place here; else it is erased.")] = None,
) -> None:
    """Make synthetic years in a scratch place, and compare every indicator with the ledger."""
    with failures():
        _plans(year, scale, seed)  # what cannot be planned is refused before a place is made
    with failures(), _place(home) as place:
        plan = [*(f"--year={one}" for one in year), f"--scale={scale}", f"--seed={seed}"]
        told = _steps(place, plan, by, processes, check=check)
    if as_json:
        out(told)
    else:
        _tell(told)
    if told.get("check", {}).get("differences"):
        raise typer.Exit(FAILED)


@contextmanager
def _place(home: Path | None) -> Iterator[Path]:
    """A folder with servers of its own. One that holds real records is refused."""
    from qorgan.base import postgres

    if home is not None:
        if (home / "data").exists() and not (home / "demo").exists():
            raise NoPlan(f"{home} holds real records. Give the simulation a place of its own.")
        home.mkdir(parents=True, exist_ok=True)
        (home / "demo").touch()
        yield home.resolve()
        return
    made = Path(tempfile.mkdtemp(prefix="qorgan-simulation-"))
    made.chmod(0o711)  # the server of the superuser runs as another user
    (made / "demo").touch()
    try:
        yield made
    finally:
        postgres.erase(made)


def _steps(place: Path, plan: list[str], by: By, processes: int, *, check: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"home": str(place), "seconds": {}}
    around = _around(place)

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        told["seconds"][step] = round(time.perf_counter() - begun, 1)

    with timed("place"):
        apart.run("init", "--quiet", env=around, shows=True)
    with timed("offices"):
        apart.run("simulation", "settle", env=around, shows=True)
    with timed("records"):
        told |= _made(around, [*plan, f"--by={by}"], processes)
    if check:
        with timed("facts"):
            told["facts"] = apart.asked("facts", "collect", "--json", env=around, shows=True)
        with timed("check"):
            told["check"] = apart.asked("simulation", "compare", *plan, env=around, shows=True)
    return told


def _made(around: dict[str, str], plan: list[str], processes: int) -> dict[str, Any]:
    """The records, made by one process or by several, each of which takes its share of the districts."""
    words = [["simulation", "make", *plan, f"--part={one}/{processes}"] for one in range(1, processes + 1)]
    at_work = [apart.begun(*one, env=around, shows=True) for one in words]
    try:
        answers = [json.loads(apart.ended(process, "simulation make")) for process in at_work]
    finally:
        for process in at_work:  # where one failed, or the user gave up, the others have no more to do
            process.kill()
    whole: dict[str, Any] = answers[0]
    whole["made"] = {name: sum(answer["made"][name] for answer in answers) for name in whole["made"]}
    return whole


def _around(place: Path) -> dict[str, str]:
    """The environment of a command that works in `place` and nowhere else."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KEYS_URL")}
    return kept | {"QORGAN_HOME": str(place), "QORGAN_DEMO": "1"}


def _tell(told: dict[str, Any]) -> None:
    console = Console()
    table = Table("step", "seconds")
    for step, seconds in told["seconds"].items():
        table.add_row(step, str(seconds))
    console.print(table)
    console.print(", ".join(f"{count} {name}" for name, count in told["made"].items()), highlight=False)
    checked = told.get("check")
    if checked is None:
        return
    console.print(f"{checked['compared']} figures compared, {len(checked['differences'])} differ", highlight=False)
    for one in checked["differences"][:50]:
        console.print(f"  {one['code']} {one['period']} {one['region'] or ''}: {one['ledger']} / {one['pipeline']}")


@app.command("settle")
@under(Process.MIGRATOR)
def settle() -> None:
    """Give the place its invented offices."""
    from datetime import UTC, datetime

    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.simulation import actions
    from qorgan.simulation.readers.country import ground

    held = ground()
    since = datetime(held.assumptions.years[0], 1, 1, tzinfo=UTC)
    out({"offices": actions.settle(ground=held, by=Actor(name="simulation"), now=clock.now(), since=since)})


@app.command("make")
@under(Process.STAFF)
def make(
    year: Years,
    scale: Scale = "0.01",
    seed: Seed = 1,
    by: Way = By.LOADER,
    part: Annotated[str, typer.Option("--part", help="The first of two shares of the districts: 1/2.")] = "1/1",
) -> None:
    """Make the records of the years."""
    from qorgan.base import clock
    from qorgan.simulation import loader, perform

    plans = _plans(year, scale, seed)
    number, of = map(int, part.split("/"))
    places = range(number - 1, len(plans[0].ground.districts), of)
    words = plans[0].ground.assumptions.words["told"]
    hands = perform.hands(plans[0].ground, now=clock.now())
    total = sum(len(plan.deal(place)) for plan in plans for place in places)
    with _progress("records", total, shown=number == 1) as advance:
        threads = (thread for plan in plans for place in places for thread in plan.of_district(place))
        work = perform.perform if by is By.ACTIONS else loader.load
        done = work(threads, hands, words, progress=advance)
    out({"years": year, "scale": scale, "seed": seed, "by": by, "made": asdict(done)})


@app.command("compare")
@under(Process.STATISTICS)
def compare(year: Years, scale: Scale = "0.01", seed: Seed = 1) -> None:
    """Compare every indicator with the ledger of the same plans."""
    from qorgan.simulation import check

    ledger = _ledger(_plans(year, scale, seed))
    with _progress("indicators", None) as advance:
        checked = check.check(ledger, check.months(ledger, year), progress=lambda done, _all: advance(done))
    out(asdict(checked) | {"ledger": dict(ledger.made)})


def _plans(years: list[int], scale: str, seed: int) -> "list[Plan]":
    from qorgan.simulation.engine.plan import Plan
    from qorgan.simulation.readers.country import ground

    part = part_of_a_year(scale)
    return [Plan(ground(), seed, year, part) for year in sorted(set(years))]


def part_of_a_year(scale: str) -> Fraction:
    """A scale as it is written: 1, 0.1, 1/50. Raises NoPlan."""
    try:
        return Fraction(scale)
    except (ValueError, ZeroDivisionError):
        raise NoPlan(f"{scale!r} is no scale: write 1, 0.1 or 1/50.") from None


def _ledger(plans: "list[Plan]") -> "Ledger":
    from qorgan.simulation.engine.ledger import Ledger
    from qorgan.simulation.readers.country import articles, borders, clock

    zones = {district.id: district.zone for district in plans[0].ground.districts}
    ledger = Ledger(borders(), articles(), zones, country=clock())
    for plan in plans:
        ledger.add_all(plan.threads())
    return ledger


@contextmanager
def _progress(name: str, total: int | None, *, shown: bool = True) -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown) as bar:
        task = bar.add_task(name, total=total)
        yield lambda done: bar.update(task, completed=done)


@app.command("dump")
@under(Process.STAFF)
def dump(file: Annotated[Path, typer.Argument(help="Where the lines go.")]) -> None:
    """Write out all that the place holds, without keys and ids: two places made from one plan give the same file."""
    from qorgan.simulation import sameness

    with file.open("w", encoding="utf-8") as target:
        for table, row in sameness.lines():
            target.write(f"{table}\t{row}\n")
