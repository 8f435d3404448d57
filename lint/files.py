"""The files of the repository: those that git keeps or would keep."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from lint.source import Source

_SKIPPED_FOLDERS = {".git", ".venv", "__pycache__", "node_modules", "build", "dist"}
_BINARY = {".png", ".jpg", ".gif", ".ico", ".woff2", ".ttf", ".pdf", ".xlsx", ".xls", ".ods", ".zip", ".mo", ".pyc"}


def _kept_by_git(root: Path) -> list[Path]:
    """Tracked files, and new ones that are not ignored; empty where this is no clone."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return []
    return [root / name for name in answer.split("\0") if name]


def _walked(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name not in _SKIPPED_FOLDERS and not path.name.endswith(".egg-info"):
            yield from _walked(path)
        elif path.is_file():
            yield path


def sources(root: Path) -> Iterator[Source]:
    """Every text file of the repository."""
    for path in _kept_by_git(root) or _walked(root):
        if path.suffix in _BINARY or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # bytes that only the readers of files must understand
        yield Source(path.relative_to(root).as_posix(), text)
