"""Who may enter values. The law on record may be read by everybody."""

from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor

ENTER = "law.value.enter"


def may_enter(actor: Actor) -> bool:
    """Someone whose role allows it."""
    return actor.can(ENTER)


def check_may_enter(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not may_enter(actor):
        raise NotAllowed
