"""Who rang is kept as long as it is needed; what became a report is kept, and destroyed, with its report."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from qorgan.base import clock, ids
from qorgan.base.keys import holdings
from qorgan.base.scope import Actor, acting
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.reports import actions
from qorgan.reports.actions import Reached
from qorgan.reports.models import Contact
from qorgan.reports.queries import contacts as queries
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import Consent, Disposition
from tests import factories
from tests.conftest import actor

DAY = timedelta(days=1)
TOLD = {"narrative": "Итерді"}


@pytest.fixture
def taker(db: None) -> Actor:
    """The call-taker of line 150."""
    return actor("calltaker")


def heard(said: Disposition, *, by: Actor, now: datetime) -> Contact:
    reached = Reached(ids.new(), Channel.TRUST_LINE_150, now, number="+7 701 000 00 41")
    actions.begin(reached=reached, by=by, now=now)
    asked = {"serving": Serving.NO, "consent": Consent.AGREED}
    actions.save_draft(contact_id=reached.contact_id, said=TOLD, by=by, now=now, seen=0, **asked)  # type: ignore[arg-type]  # named above
    return actions.dispose(contact_id=reached.contact_id, disposition=said, by=by, now=now)


def test_the_number_of_what_became_no_report_is_forgotten_when_its_term_is_over(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = heard(Disposition.SILENT, by=taker, now=now)
        assert actions.forget_numbers(by=taker, now=now + 89 * DAY) == 0
        assert actions.forget_numbers(by=taker, now=now + 91 * DAY) == 1
        assert actions.forget_numbers(by=taker, now=now + 92 * DAY) == 0
        kept = Contact.objects.get(pk=held.id)
        assert (queries.number(kept), kept.number_index, kept.disposition) == ("", None, "silent")
        assert queries.draft_of(held.id).said == {}


def test_a_told_contact_that_nobody_ended_is_forgotten_too(taker: Actor, now: datetime) -> None:
    with acting(taker):
        heard(Disposition.SELF, by=taker, now=now)
        assert actions.forget_numbers(by=taker, now=now + 91 * DAY) == 1


def test_a_contact_with_an_alarm_or_a_report_keeps_its_number(taker: Actor, now: datetime) -> None:
    with clock.frozen(now), acting(taker):
        alarmed, reported = (heard(Disposition.SELF, by=taker, now=now) for _one in range(2))
        asked = {"serving": Serving.NO, "consent": Consent.AGREED}
        actions.raise_alarm(contact_id=alarmed.id, words="Шымкент", by=taker, now=now, **asked)  # type: ignore[arg-type]  # named above
        told = replace(factories.signal(at=now, suspect=Named()), kui_no="")
        actions.complete(contact_id=reported.id, told=told, topics=[], by=taker, now=now)
        assert actions.forget_numbers(by=taker, now=now + 91 * DAY) == 0


def test_the_key_of_a_contact_is_among_those_of_its_report(taker: Actor, now: datetime) -> None:
    with clock.frozen(now), acting(taker):
        held = heard(Disposition.SELF, by=taker, now=now)
        told = replace(factories.signal(at=now, suspect=Named()), kui_no="")
        report = actions.complete(contact_id=held.id, told=told, topics=[], by=taker, now=now).report
        keys = holdings.keys_of({report.thread_id}, besides=(Person,))
    assert {held.key_id, report.key_id} <= keys
