"""Protective orders: one order may protect several persons and counts as one. Breaches of them, and what followed."""

from qorgan.orders.models.breaches import Breach, BreachOutcome
from qorgan.orders.models.orders import Appeal, Check, Order, Protected, Variation, Warned

__all__ = ["Appeal", "Breach", "BreachOutcome", "Check", "Order", "Protected", "Variation", "Warned"]
