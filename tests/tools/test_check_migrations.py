"""Models and migrations agree, and where they do not the check says so. It asks no server."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

DRIFT = """
import sys
from tools import check_migrations
import django.apps.registry
ready = django.apps.registry.Apps.populate
def populate(self, installed=None):
    ready(self, installed)
    from django.db import models
    from qorgan.reports.models import Report
    if not any(field.name == "drift" for field in Report._meta.local_fields):
        models.IntegerField(default=0).contribute_to_class(Report, "drift")
django.apps.registry.Apps.populate = populate
sys.exit(check_migrations.main())
"""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QORGAN_")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_models_and_migrations_agree() -> None:
    answer = _run("-m", "tools.check_migrations")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_field_without_its_migration_is_caught() -> None:
    answer = _run("-c", DRIFT)
    assert answer.returncode == 1, answer.stderr
    assert "drift" in answer.stdout
