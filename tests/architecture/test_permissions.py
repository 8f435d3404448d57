"""Every action asks whether its actor may; the few that do not say who has asked before them."""

import inspect
from types import FunctionType

import pytest

from qorgan.base.scope import Actor, check_may
from tests.architecture.guards import permissions

COVERED = {
    "people.name": "the act on the case in which a person who came without a name is named",
    "people.unname": "the act on the case in which that name is taken back",
    # an action that asks for no permission of its own: whose covers it
    "agencies.accept": "the one-time code, which two people or an administrator have handed out",
    "agencies.admit": "the act that lets someone in: a sealed report taken in or routed",
    "agencies.list_odd": "the job of the night that lists unusual looks",
    "agencies.know_by_name": "whoever brings staff in; a job keeps the names that the list has anyway",
    "agencies.note_matched": "the job of the night that compared the records",
    "agencies.shut_unit": "a certain match, or the review that confirmed one",
    "agencies.suspect": "the act that names a party",
    "agencies.end_declaration": "nobody's: a person takes back her own; who keeps staff is asked for the permission",
    "claims.check_again": "the process `statistics`, when data or grammar are newer than the last check",
    "law.note_awaited": "the job of the night, or a report that was entered or withdrawn by who may",
    "cases.reveal_parent": "the assessment of danger, whose answers say that children were harmed",
    "cases.note_same": "whoever holds two records' persons for one, by the right to say it",
    "cases.keep_owned": "a block, a seal or the end of a mandate, which took the case from its owner",
    "cases.list_unusual": "the job of the night that lists unusual looks",
    "cases.match_staff": "the job of the night that compares the records",
    "cases.tell_elsewhere": "the search, which has asked for its own",
    "people.keep_apart": "the act that names the parties",
    "people.lay_review": "a block, or a file opened in an emergency",
    "reports.lose_entry": "whoever annuls the offence, by the right to decide on offences",
    "reports.seal_where_one_serves": "the act that names a party, or the job that compares the records",
    "agencies.block": "a match of parties with staff, or an act that has asked for its own",
    "agencies.confirm": "the review of blocks by someone elsewhere",
    "agencies.end": "the act that withdraws an admission",
    "agencies.end_other_sessions": "nobody: they are one's own sessions, and the page asks for a proof anew",
    "agencies.end_session": "nobody: it is one's own session, and the page asks for a proof anew",
    "agencies.forget_expired_sessions": "nobody: they let nobody in any more",
    "agencies.lift": "the review of blocks by someone elsewhere",
    "agencies.mark_seen": "nobody: it is one's own session",
    "agencies.mark_told": "nobody: it is about the person's own sign-in",
    "agencies.note_used": "the key of the channel, which has been looked at",
    "agencies.seal": "the act that it belongs to: a report taken in",
    "agencies.unseal": "the act that decides on the seal",
    "cases.join_report": "the act that ties a report to the case: a breach of its order; deciding on the report asks",
    "orders.answered": "the act that sends the materials of a breach to court",
    "cases.note_incident": "the act that rests on what happened: an order drafted",
    "duties.advance": "whoever entered the value of the law; a job follows it",
    "duties.bring": "whoever entered the value of the law; a job follows it",
    "reports.recount": "whoever entered the value of the law; a job follows it",
    "courts.recount": "whoever entered the value of the law; a job follows it",
    "cases.recount": "whoever entered the value of the law; a job follows it",
    "duties.begin_runs": "whoever entered the value of the law; a job follows it",
    "duties.escalate": "the clock of the duty, which has run out; a job asks it",
    "duties.take_back": "whoever corrected the clock that it rests on; a job follows it",
    "duties.note_fed": "the secret of the address, which has been looked at",
    "duties.recount": "whoever entered the value of the law; a job follows it",
    "duties.move": "the act that corrected the event that the clocks run from",
    "orders.note_clashes": "the issue of an order, or the job that asks with the whole country in sight",
    "orders.recount": "whoever entered the value of the law; a job follows it",
    "orders.warn": "the clock of the order; a job asks it, and the gate lets through what may leave",
    "duties.hand_over": "the act that hands the thing over: a sealed report routed",
    "cases.lay_death_review": "the act that writes a child's death down",
    "cases.expire": "the moment that she named herself; a job asks it",
    "cases.lapse": "the clock of the referral; a job asks it, and the case keeps its owner",
    "duties.pass_on": "the act that passes a case on to another office: a transfer accepted",
    "duties.lay": "the act that lays the duty: an order issued, a report accepted, a court case sent",
    "duties.done": "the act that did it: an order served or checked, a report decided; by hand it is `finish`",
    "duties.drop": "the act that took the ground away: an order cancelled",
    "files.keep": "the act on the thing that the file belongs to",
    "missing.expire": "the hours of the page, which have run out; a job asks it",
    "missing.never_name": "the offence that is registered or corrected, or `mark`",
    "messages.deliver": "`queue`, which lets a message through the gate; a job sends it",
    "people.fill_indexes": "the deployment itself; a job at night and `qorgan keys index`",
    "agencies.know_anew": "the deployment itself, by `qorgan keys index --all`",
    "people.forget_indexes": "the deployment itself, by `qorgan keys index --all`",
    "people.forget_person": "`confirm` of a destruction, by the second of two people",
    "people.forget_proposals": "the job of the night that met someone who was destroyed",
    "people.propose": "the job of the night, which shows a pair to those alone who see both",
    "people.keep_contact": "`accept` of the report in which she said how to reach her, or `set_contact`",
    "people.write_down": "the act that names the person, in a report or a case",
    "reports.destroy_code": "nobody: who holds the code of the web door destroys it",
    "reports.drop_answers": "nobody: they are one's own, at the web door",
    "reports.hand_in": "nobody: anyone may report at the web door; the worker takes it in with `accept`",
    "reports.keep_answers": "nobody: they are one's own, at the web door",
    "reports.carry": "whoever was let in when it was acknowledged; the process that kept it carries it in",
    "reports.keep_sent": "the channel that hands it in; asked when the worker takes it in with `accept`",
    "reports.keep_told": "nobody: anyone may report at the web door; the worker takes it in with `accept`",
    "reports.note_refused": "the job that met the refusal and notes it",
    "reports.sweep_spool": "the time that has run out; a job asks it",
    "reports.settle": "nobody: who holds the code of the web door chooses for it",
    "reports.sweep_door": "the time that has run out; a job asks it",
    "reports.empty_drafts": "the job of the night that empties what nobody needs",
    "reports.forget_numbers": "the job of the night that forgets who rang, when the term is over",
    "reports.mark_possible_repeats": "`accept`; the job that follows it leaves a note and decides nothing",
    "shredding.destroy": "`ask` and `confirm`, by two people; a job carries out what they decided",
    "simulation.settle": "whoever may run the migrator's own command, in a place whose records are made up",
}


def test_every_action_asks_or_is_covered_by_its_caller() -> None:
    found = permissions.actions()
    assert {"orders.issue", "cases.close", "duties.finish", "reports.accept"} <= set(found)
    assert permissions.faults(found, COVERED) == []
    assert all(len(why) > 20 for why in COVERED.values())


def _asks(*, by: Actor) -> None:
    check_may(by, "orders.order.issue")


def _through(*, by: Actor) -> None:
    _asks(by=by)


def _silent(*, by: Actor) -> None:
    inspect.cleandoc(by.name)


def _says_who(*, by: Actor) -> None:
    """No permission of its own: its caller has asked."""


@pytest.mark.parametrize(
    ("action", "covered", "said"),
    [
        (_silent, {}, ["x asks for no permission"]),
        (_silent, {"x": "its caller"}, ["x does not say in its docstring whose permission covers it"]),
        (_asks, {"x": "its caller"}, ["x is excused and asks"]),
        (_says_who, {"x": "its caller"}, []),
        (_asks, {}, []),
        (_asks, {"y": "its caller"}, ["y is excused and does not exist"]),
    ],
)
def test_an_action_that_asks_nobody_is_caught(action: FunctionType, covered: dict[str, str], said: list[str]) -> None:
    assert permissions.faults({"x": action}, covered) == said


def test_a_private_part_of_the_same_actions_may_ask() -> None:
    from qorgan.orders import actions

    assert permissions.asks(inspect.unwrap(actions.issue))
    assert not permissions.asks(_through), "what another module asks is no word of this one"
