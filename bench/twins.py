"""One plan, two places: made by actions in one and by the loader in the other. Row for row they must be the same.

`BENCH_SCALE_TWINS` (0.01) chooses how much of the country.
"""

import json
import os
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import Any

from qorgan.base import postgres

YEAR = "2024"
SCALE = os.environ.get("BENCH_SCALE_TWINS", "0.01")


class Differ(RuntimeError):
    """The two ways do not leave the same."""


def run() -> list[str]:
    """Lines of figures. Raises Differ at the first row, and at the first figure that the ledger does not confirm."""
    with tempfile.TemporaryDirectory(prefix="qorgan-twins-") as folder:
        lines, dumps = [], []
        for way in ("actions", "loader"):
            told = _made(Path(folder) / way, way)
            dumps.append(_dumped(Path(folder) / way))
            lines.append(
                f"{way:8} scale {SCALE}: {told['made']['actions']} actions in {told['seconds']['records']:.0f} s,"
                f" {told['check']['compared']} figures compared with the ledger, none differs"
            )
        for first, second in zip_longest(*dumps):
            if first != second:
                raise Differ(f"{first}\n{second}")
        return [*lines, f"{len(dumps[0])} rows, the same in both places"]


def _run(home: Path, *words: str) -> str:
    environment = os.environ | {"QORGAN_HOME": str(home), "QORGAN_DEMO": "1"}
    command = [sys.executable, "-m", "qorgan.cli.main", *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def _made(home: Path, way: str) -> dict[str, Any]:
    home.mkdir(mode=0o711)
    home.parent.chmod(0o711)  # the server of the superuser runs as another user
    plan = ["--year", YEAR, "--scale", SCALE, "--by", way]
    told: dict[str, Any] = json.loads(_run(home, "simulate", *plan, "--check", "--json", "--home", str(home)))
    return told


def _dumped(home: Path) -> list[str]:
    try:
        file = home / "rows.txt"
        _run(home, "simulation", "dump", str(file))
        return file.read_text(encoding="utf-8").splitlines()
    finally:
        postgres.erase(home)
