"""Beginning a command: under which process it runs, as whom, and how it fails."""

import functools
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import click
import typer

from qorgan.base import deployment, logs
from qorgan.base.processes import Process

P = ParamSpec("P")
R = TypeVar("R")

FAILED = 1
WRONG_USE = 2


def settings_module(process: Process) -> str:
    """The settings a process runs under."""
    return f"qorgan.config.settings.{process}"


def under(process: Process) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a command as `process`: its login, its keys, nothing else. Failures end in one clear sentence."""

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with failures():
                begin(process)
                return command(*args, **kwargs)

        return run

    return decorate


def begin(process: Process) -> None:
    """Make this operating-system process the kind of process it is to be. Raises NoPlace where nothing was made ready.

    Only the migrator may come to an empty place: it is the one that fills it.
    """
    if process is not Process.MIGRATOR:
        deployment.check_made()
    os.environ["QORGAN_PROCESS"] = process.value
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module(process)
    os.environ["QORGAN_WITHOUT_PAGES"] = "1"  # a command signs nobody in; what pages need takes a second to load
    import django
    from django.utils import translation

    django.setup()
    translation.activate(_language())


def _language() -> str:
    """The language that the terminal asks for, where Qorgan speaks it here; else that of the commands' own words."""
    from django.conf import settings

    asked = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")[:2].lower()
    return asked if asked in dict(settings.LANGUAGES) else "en"


@contextmanager
def failures() -> Iterator[None]:
    """Turn what a user may meet into one sentence on standard error and a status; the rest is our own fault."""
    try:
        yield
    except (typer.Exit, typer.Abort, click.ClickException):
        raise
    except Exception as failure:
        sentence = sentence_of(failure)
        if sentence is None and sys.stderr.isatty():
            raise
        if sentence is None:  # what a log keeps must say nothing of anyone, and a message may
            sentence = json.dumps({"failure": logs.failure(failure)})
        typer.echo(sentence, err=True)
        raise typer.Exit(FAILED) from failure


def sentence_of(failure: BaseException) -> str | None:
    """The sentence for a failure a user may meet; None for one that is a fault of the program."""
    import psycopg
    from django.db import OperationalError, ProgrammingError

    from qorgan.base.backups.errors import BackupRefused
    from qorgan.base.db.install import OwnerMustAct
    from qorgan.base.errors import Refused
    from qorgan.base.postgres import LauncherRefused

    if isinstance(failure, Refused | OwnerMustAct | LauncherRefused | BackupRefused):
        return str(failure)
    if isinstance(failure, FileNotFoundError | NotADirectoryError | IsADirectoryError | PermissionError):
        return f"{failure.filename}: {failure.strerror}." if failure.filename else str(failure)
    if isinstance(failure, ValueError) and failure.args:
        return str(failure)
    if isinstance(failure, OperationalError | psycopg.OperationalError):
        return "The database does not answer. Run `qorgan status`, or `qorgan init` if this is a new place."
    if isinstance(failure, ProgrammingError) and "does not exist" in str(failure):
        return "The database is not made ready yet. Run `qorgan init`."
    return None


def out(value: Any) -> None:
    """Print one JSON value for a script."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def told_to_stop() -> threading.Event:
    """An event that is set when the process is told to end (SIGTERM, SIGINT).

    A thread of its own sets it: what the signal interrupted may hold the event's lock.
    """
    over = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_told: threading.Thread(target=over.set).start())
    return over
