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


def begun(*words: str, env: Mapping[str, str] | None = None, shows: bool = False) -> "subprocess.Popen[str]":
    """Start a command in the background. `shows` leaves its progress and its complaints on the terminal."""
    return subprocess.Popen(
        [*_MAIN, *words],
        stdout=subprocess.PIPE,
        stderr=None if shows else subprocess.PIPE,
        text=True,
        env=dict(os.environ if env is None else env),
    )


def ended(process: "subprocess.Popen[str]", name: str) -> str:
    """Wait for a command that was begun and answer what it printed. Raises CommandFailed."""
    answer, complaint = process.communicate()
    if process.returncode != 0:
        last = (complaint or "").strip().splitlines()[-1:]
        raise CommandFailed(last[0] if last else f"`qorgan {name}` failed.")
    return answer


def run(*words: str, env: Mapping[str, str] | None = None, shows: bool = False) -> str:
    """What a command printed. Raises CommandFailed."""
    return ended(begun(*words, env=env, shows=shows), " ".join(words[:2]))


def asked(*words: str, env: Mapping[str, str] | None = None, shows: bool = False) -> Any:
    """The JSON value that a command printed. Raises CommandFailed."""
    return json.loads(run(*words, env=env, shows=shows))
