"""Who may enter values and reports of implementation. The law on record may be read by everybody."""

from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor

ENTER = "law.value.enter"
REPORT = "law.report.enter"


def may_enter(actor: Actor) -> bool:
    """Someone whose role allows it."""
    return actor.can(ENTER)


def check_may_enter(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not may_enter(actor):
        raise NotAllowed


def check_may_report(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not actor.can(REPORT):
        raise NotAllowed
