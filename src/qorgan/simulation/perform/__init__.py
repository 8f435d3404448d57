"""A plan carried out through the real actions, as the officers of its places, each act at its planned moment."""

from qorgan.simulation.perform.hands import Hands, NobodyThere, hands, sight
from qorgan.simulation.perform.run import Performed, perform
from qorgan.simulation.perform.thread import Performance

__all__ = ["Hands", "NobodyThere", "Performance", "Performed", "hands", "perform", "sight"]
