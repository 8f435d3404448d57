"""Logs as lines of JSON that say what happened and where in the program, and nothing of anyone.

A message may carry anything: a name that did not fit a column, an address with a number in it, an argument of a job. So
no message is ever written, of ours or of a library: a line has the logger, the place in the code, and, of an exception,
its types and frames. What is to be said beside that is said by `say`, in fields that are chosen.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

_ROOTS = tuple(sorted({str(Path(__file__).resolve().parents[2]), *sys.path}, key=len, reverse=True))
_FRAMES = 30  # the innermost are kept: they say where it broke
_SAID = "qorgan_said"

request_id: ContextVar[str] = ContextVar("request_id", default="")

Field = str | int | bool | None


def say(event: str, *, level: int = logging.INFO, **fields: Field) -> None:
    """Write a line of our own: a word for what happened, and fields that say nothing of anyone."""
    logging.getLogger("qorgan").log(level, event, extra={_SAID: {"event": event, **fields}})


class Lines(logging.Formatter):
    """One line of JSON a record, without its message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if asked := request_id.get():
            line["request"] = asked
        said = getattr(record, _SAID, None)
        if isinstance(said, dict):
            line |= said
        else:
            line["where"] = f"{_shortened(record.pathname)}:{record.lineno}"
        if isinstance(getattr(record, "status_code", None), int):
            line["status"] = record.status_code  # type: ignore[attr-defined]  # Django's own extra
        if record.exc_info and record.exc_info[1] is not None:
            line["failure"] = failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=lambda _value: "")


def failure(error: BaseException) -> list[dict[str, Any]]:
    """An exception and those behind it: their types and frames. Neither messages nor values: they may hold a name."""
    return [{"type": _type(one), "frames": frames(one.__traceback__)} for one in _chain(error)]


def frames(trace: TracebackType | None) -> list[str]:
    """Where an exception came by: file, line, function; the innermost last."""
    summary = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{_shortened(frame.filename)}:{frame.lineno} {frame.name}" for frame in summary][-_FRAMES:]


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _shortened(path: str) -> str:
    """A file from the folder in which Python found it: where a deployment lies is nobody's matter."""
    for root in _ROOTS:
        if root and path.startswith(f"{root}/"):
            return path[len(root) + 1 :]
    return Path(path).name


def settings(level: str) -> dict[str, Any]:
    """The value of Django's `LOGGING`: every logger of the process, those of libraries too, writes such lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "qorgan.base.logs.Lines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "qorgan": {"level": level.upper()},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
