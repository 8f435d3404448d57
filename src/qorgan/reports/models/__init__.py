"""The first signal, as it was received, and the contacts by which it comes in."""

from qorgan.reports.models.contacts import Alarm, Contact, Draft, NumberBlock
from qorgan.reports.models.signals import Report, ReportPerson

__all__ = ["Alarm", "Contact", "Draft", "NumberBlock", "Report", "ReportPerson"]
