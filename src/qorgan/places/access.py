"""Who may change places. Everybody may read them."""

from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor

IMPORT = "places.territory.import"


def may_import(actor: Actor) -> bool:
    """The system itself, or someone whose role allows it."""
    return actor.staff_id is None or actor.can(IMPORT)


def check_may_import(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not may_import(actor):
        raise NotAllowed
