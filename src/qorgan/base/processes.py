"""The processes of a deployment. Each has its own database login and holds its own keys, and no others."""

from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """The secrets that must not meet. No process holds two of them."""

    PERSONS = "persons"  # opens names, narratives, addresses
    SIGNERS = "signers"  # opens who signed a petition
    LINKS = "links"  # leads a fact back to its record


class Process(StrEnum):
    """A kind of process; the value is what `QORGAN_PROCESS` says."""

    STAFF = "staff"  # pages and API for people with a mandate
    PUBLIC = "public"  # releases, for anyone
    DOOR = "door"  # reports without an account, and a way back by a code
    PETITIONS = "petitions"  # signing and counting petitions
    WORKER = "worker"  # jobs, the sealer of the journal
    COLLECTOR = "collector"  # records to facts
    STATISTICS = "statistics"  # facts to figures to releases
    MIGRATOR = "migrator"  # owns the tables; no daily work


@dataclass(frozen=True)
class Charter:
    """What a kind of process may hold."""

    login: str
    key: Key | None


CHARTERS: dict[Process, Charter] = {
    Process.STAFF: Charter("qorgan_staff", Key.PERSONS),
    Process.PUBLIC: Charter("qorgan_public", None),
    Process.DOOR: Charter("qorgan_door", None),
    Process.PETITIONS: Charter("qorgan_petitions", Key.SIGNERS),
    Process.WORKER: Charter("qorgan_worker", Key.PERSONS),
    Process.COLLECTOR: Charter("qorgan_collector", Key.LINKS),
    Process.STATISTICS: Charter("qorgan_statistics", None),
    Process.MIGRATOR: Charter("qorgan_migrator", None),
}
