"""A deployment of its own for a journey: its home, its country, the real command."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """A home and a country; `run` is what someone at a terminal would type."""

    home: Path
    country: str = "kz"

    def run(self, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """Run `qorgan ARGUMENTS` here; the exit must be `expect`."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
        environment = kept | {"QORGAN_HOME": str(self.home), "QORGAN_COUNTRY": self.country}
        command = [sys.executable, "-m", "qorgan.cli.main", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
        assert done.returncode == expect, (
            f"{arguments}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        )
        assert "Traceback" not in done.stderr
        return done

    def json(self, *arguments: str, expect: int = 0) -> Any:
        """The same, and what it printed as JSON."""
        return json.loads(self.run(*arguments, "--json", expect=expect).stdout)
