"""Commands in processes of their own: each runs under its own login, with its own keys and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

_MAIN = (sys.executable, "-m", "qorgan.cli.main")


class CommandFailed(ValueError):
    """A command that was started did not come to its end; its own last words say why."""


def begun(
    *words: str, env: Mapping[str, str] | None = None, shows: bool = False, given: bool = False
) -> "subprocess.Popen[str]":
    """Start a command in the background. `shows` leaves its progress and its complaints on the terminal.

    `given`: something will be handed to its standard input.
    """
    return subprocess.Popen(
        [*_MAIN, *words],
        stdin=subprocess.PIPE if given else None,
        stdout=subprocess.PIPE,
        stderr=None if shows else subprocess.PIPE,
        text=True,
        env=dict(os.environ if env is None else env),
    )


def ended(process: "subprocess.Popen[str]", name: str, *, given: str | None = None) -> str:
    """Wait for a command that was begun and answer what it printed. Raises CommandFailed."""
    answer, complaint = process.communicate(given)
    if process.returncode != 0:
        last = (complaint or "").strip().splitlines()[-1:]
        raise CommandFailed(last[0] if last else f"`qorgan {name}` failed.")
    return answer


def run(*words: str, env: Mapping[str, str] | None = None, shows: bool = False, given: str | None = None) -> str:
    """What a command printed, after it was handed `given`. Raises CommandFailed."""
    process = begun(*words, env=env, shows=shows, given=given is not None)
    return ended(process, " ".join(words[:2]), given=given)


def asked(*words: str, env: Mapping[str, str] | None = None, shows: bool = False) -> Any:
    """The JSON value that a command printed. Raises CommandFailed."""
    return json.loads(run(*words, env=env, shows=shows))
