"""The first signal, as it was received, the contacts by which it comes in, and the web door."""

from qorgan.reports.models.contacts import Alarm, Contact, Draft, NumberBlock
from qorgan.reports.models.door import Answers, Arrival, Receipt, Reply, WayBack
from qorgan.reports.models.signals import BACK, THEN, WHY, Report, ReportPerson, TakenBack
from qorgan.reports.models.spool import Spooled

__all__ = [
    "BACK",
    "THEN",
    "WHY",
    "Alarm",
    "Answers",
    "Arrival",
    "Contact",
    "Draft",
    "NumberBlock",
    "Receipt",
    "Reply",
    "Report",
    "ReportPerson",
    "Spooled",
    "TakenBack",
    "WayBack",
]
