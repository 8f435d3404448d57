"""`qorgan status`: what runs, what waits."""

from typing import Annotated

import typer

from qorgan.base import deployment, postgres
from qorgan.base.processes import Process
from qorgan.cli.start import begin, failures, out, sentence_of


def status(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show where this place's data live, what runs, and whether the journal is sealed in time."""
    with failures():
        shown: dict[str, object] = {
            "home": str(deployment.home()),
            "embedded": deployment.embedded(),
            "demo": deployment.is_demo(),
        }
        runs = True
        if deployment.embedded():
            held = postgres.status(deployment.home())
            shown["servers"] = str(held)
            runs = held.running
        if runs:  # to ask must not start them
            shown["journal"] = _journal()
    if as_json:
        out(shown)
        return
    for key, value in shown.items():
        typer.echo(f"{key:9} {value}")


def _journal() -> str:
    try:
        begin(Process.WORKER)
        from qorgan.base import clock
        from qorgan.base.journal import seal

        lag = seal.lag(now=clock.now())
    except Exception as failure:
        sentence = sentence_of(failure)  # a place whose database is away has a status too
        if sentence is None:
            raise
        return sentence
    return lag.alarm or f"sealed, {lag.seconds:.0f} seconds behind"
