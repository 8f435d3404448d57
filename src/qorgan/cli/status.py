"""`qorgan status`: what runs, what waits."""

from typing import Annotated

import typer

from qorgan.base import deployment, postgres
from qorgan.cli.start import failures, out


def status(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show where this place's data live and what runs."""
    with failures():
        shown: dict[str, object] = {
            "home": str(deployment.home()),
            "embedded": deployment.embedded(),
            "demo": deployment.is_demo(),
        }
        if deployment.embedded():
            held = postgres.status(deployment.home())
            shown["servers"] = str(held)
    if as_json:
        out(shown)
        return
    for key, value in shown.items():
        typer.echo(f"{key:9} {value}")
