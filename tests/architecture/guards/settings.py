"""What each process really holds, read from its own settings in a process of its own."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qorgan.base.processes import CHARTERS, Key, Process
from tests.architecture.guards import contracts

READ = """
import importlib, json, sys
process = sys.argv[1]
module = importlib.import_module("qorgan.config.settings." + process)
values = {name: getattr(module, name) for name in dir(module) if name.isupper()}
print(json.dumps({
    "process": values["PROCESS"],
    "login": values["DATABASES"]["default"]["USER"],
    "databases": sorted(values["DATABASES"]),
    "keys": {
        "persons": bool(values["MASTER_KEYS"]),
        "signers": bool(values["SIGNERS_KEY"]),
        "links": bool(values["LINKS_KEY"]),
    },
    "key_store": bool(values["KEYS_DSN"]),
    "urls": values["ROOT_URLCONF"],
    "secret_key": values["SECRET_KEY"],
    "everything": repr(values) + repr({name: value for name, value in vars(module).items() if name.islower()}),
}))
"""
NOBODY = "postgresql://owner:nothing@127.0.0.1:1/nothing"


@dataclass(frozen=True)
class Held:
    """What the settings of one process hold. `everything` is all of them as text."""

    process: str
    login: str
    keys: frozenset[str]
    key_store: bool
    secret_key: str
    everything: str


def read(process: Process, home: Path) -> Held:
    """The settings of a process, as it would have them in a deployment whose data are in `home`. No server is asked."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))},
        "QORGAN_HOME": str(home),
        "DATABASE_URL": NOBODY,
        "KEYS_URL": NOBODY + "_keys",
        "QORGAN_PROCESS": process.value,
    }
    command = [sys.executable, "-c", READ, process.value]
    answer = subprocess.run(command, cwd=contracts.ROOT, env=environment, capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout)
    keys = frozenset(name for name, held in told["keys"].items() if held)
    return Held(told["process"], told["login"], keys, told["key_store"], told["secret_key"], told["everything"])


def forms(secret: bytes) -> list[str]:
    """The ways in which a secret could be written down among settings."""
    return [repr(secret), repr(secret)[2:-1], secret.hex(), base64.b64encode(secret).decode()]


def together(held: Mapping[Process, Held], secrets: Mapping[Key, bytes]) -> list[str]:
    """No process holds two keys, in any form, and each holds exactly the one its charter allows."""
    faults = []
    for process, settings in held.items():
        seen = {
            key.value for key, secret in secrets.items() if any(form in settings.everything for form in forms(secret))
        }
        found = seen | settings.keys
        key = CHARTERS[process].key
        allowed = {key.value} if key else set()
        if len(found) > 1:
            faults.append(f"{process} holds two keys: {', '.join(sorted(found))}")
        elif found != allowed:
            faults.append(f"{process} holds {found or 'no key'}, its charter says {allowed or 'no key'}")
        if settings.key_store and Key.PERSONS.value not in allowed:
            faults.append(f"{process} can reach the key store")
    return faults


def apart(held: Mapping[Process, Held]) -> list[str]:
    """Each process signs in with its own login and signs with its own secret."""
    faults = []
    for process, settings in held.items():
        if settings.process != process.value:
            faults.append(f"the settings of {process} say they are {settings.process}")
        for other, theirs in held.items():
            if process < other and settings.login == theirs.login:
                faults.append(f"{process} and {other} share the login {settings.login}")
            if process < other and settings.secret_key == theirs.secret_key:
                faults.append(f"{process} and {other} share a SECRET_KEY")
    return faults
