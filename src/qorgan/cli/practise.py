"""`qorgan practise`: scripted calls against the clock. Nothing is asked of the database and nothing is stored."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, out, under

if TYPE_CHECKING:
    from qorgan.reports.engine.practice import Attempt


@under(Process.STAFF)
def practise(
    only: Annotated[str, typer.Option("--call", help="One call of the script, by its code.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Take five scripted calls against the clock; keystrokes are counted, nothing is stored."""
    from qorgan.reports.engine.practice import Attempt
    from qorgan.reports.readers import practice

    attempts = []
    for call in practice.calls():
        if only and call.code != only:
            continue
        for line in call.says:
            typer.echo(f"  — {line}", err=True)
        held, began = Attempt(call), time.monotonic()
        held.disposition = _key()
        for field in practice.FIELDS if call.catches and held.disposition else ():
            held.typed[field] = _line(field)
        held.seconds = round(time.monotonic() - began, 1)
        attempts.append(held)
        typer.echo(_told(held), err=True)
    if as_json:
        out([_row(one) for one in attempts])
    if not attempts or not all(one.is_right for one in attempts):
        raise typer.Exit(FAILED)


def _key() -> str:
    """The disposition of the digit that was typed; empty for another key."""
    from qorgan.reports.terms.contacts import Disposition

    typer.echo("  ".join(f"[{one.key}] {one.label}" for one in Disposition), err=True)
    typed = _line("1-9")
    return next((one.value for one in Disposition if one.key == typed), "")


def _line(name: str) -> str:
    typer.echo(f"{name}: ", nl=False, err=True)
    return sys.stdin.readline().strip()


def _told(held: "Attempt") -> str:
    """What became of one call, in one line."""
    from django.utils.translation import gettext as _

    told = {"keys": held.keystrokes, "seconds": held.seconds, "most": held.call.seconds}
    said = _("%(keys)s keystrokes, %(seconds)s of %(most)s seconds.") % told
    if held.disposition != held.call.disposition:
        return said + " " + _("The call was of another kind.")
    if held.missed:
        return said + " " + _("Not caught: %(fields)s.") % {"fields": ", ".join(held.missed)}
    return said


def _row(held: "Attempt") -> dict[str, object]:
    return {
        "call": held.call.code,
        "right": held.is_right,
        "keystrokes": held.keystrokes,
        "seconds": held.seconds,
        "missed": list(held.missed),
    }
