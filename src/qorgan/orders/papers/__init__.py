"""What orders print."""

from qorgan.orders.papers.contents import Addressee, Officer, OrderPaper, ProtectedPerson, Provision, Refusal
from qorgan.orders.papers.order import paper

__all__ = ["Addressee", "Officer", "OrderPaper", "ProtectedPerson", "Provision", "Refusal", "paper"]
