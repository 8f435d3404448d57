"""The demonstration reviews a death, routes a suspect in uniform and tells on what is late; once, however often run."""

from datetime import datetime

from qorgan.base import clock, country
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import DeathReview, Recommendation, Referral
from qorgan.cases.terms import Aim, Reply, Standing
from qorgan.cli import reviewed
from qorgan.duties.models import Escalation
from tests.conftest import actor
from tests.roles import as_process


def told(part: str) -> dict[str, object]:
    return dict(country.toml("demo/desk.toml")[part])


def test_a_death_is_reviewed_with_one_answer_given_and_one_late_that_is_told_on(owner: Actor) -> None:
    now = clock.now()  # the worker tells on what is late by its own clock
    first = reviewed.review(told("reviewed"), now=now)
    assert set(first) == {"death_review", "advice_answered", "advice_late"}
    with acting(actor("head")):
        answered, late = Recommendation.objects.order_by("number")
        assert (answered.reply, late.reply) == (Reply.DONE, Reply.WAITS)
        assert late.due_at is not None
        assert late.due_at < now
    assert reviewed.review(told("reviewed"), now=now) == first
    with acting(actor("head")):
        assert DeathReview.objects.count() == 1
    with as_process(Process.WORKER):
        step = reviewed.escalated()["escalated"]
    assert step["number"] == late.number
    with acting(actor("head")):
        assert Escalation.objects.filter(role="unit_head", duty__thing_id=late.id).count() == 1


def test_a_suspect_in_uniform_is_received_by_military_police_and_their_prosecutor_once(
    owner: Actor, now: datetime
) -> None:
    first = reviewed.route(told("uniform"), now=now)
    made = Referral.objects.order_by("number")
    assert [(one.asked, one.standing) for one in made] == [
        (Aim.INVESTIGATION, Standing.ACCEPTED),
        (Aim.WATCH, Standing.ACCEPTED),
    ]
    assert reviewed.route(told("uniform"), now=now) == first
    assert Referral.objects.count() == 2
