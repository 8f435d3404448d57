"""What several people say of one thing, made through the real actions."""

from datetime import datetime, timedelta
from uuid import UUID

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.cases import actions
from qorgan.cases.models import Account, Case, Contradiction, Finding, Review
from qorgan.cases.terms import Discipline, Kin, Object, Role, Said, Speaker, Through, Topic
from qorgan.people.actions import Named
from qorgan.people.models import Person
from tests.cases import shared
from tests.conftest import actor

HOUR = timedelta(hours=1)
MOTHER = Named(written="Жолдасова Қарлығаш Мұратқызы")
MOTHERS_WORDS = "Баламның денесінде таяқ іздері бар еді, оны біреу ұрған."
FOUND_WORDS = "Денедегі жарақаттар биіктен құлаудан түскен."


def heard(*, now: datetime, **changes: object) -> actions.Heard:
    """The mother says what she saw, through an aunt."""
    said = {
        "speaker": Speaker.RELATIVE,
        "words": MOTHERS_WORDS,
        "source": "түсініктеме № 14",
        "said_at": now - 3 * HOUR,
        "through": Through.RELATIVE,
        "stated": (actions.Stated(topic=Topic.DEATH_CAUSE, said=Said.BLOW, words="біреу ұрған"),),
    }
    return actions.Heard(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Heard


def found(case: Case, *, now: datetime, **changes: object) -> actions.Found:
    """A forensic medical finding on the child."""
    looked = actions.Looked(kind=Object.PERSON, id=shared.person(case).id)
    named = actions.Looked(kind=Object.NAMED, words="Шұңқырдың жанындағы баспалдақ")
    said = {
        "discipline": Discipline.FORENSIC_MEDICAL,
        "institution": "Сот сараптамалары орталығының Шымкенттегі институты",
        "expert": "сот-медициналық сарапшы",
        "number": "112/26",
        "asked_at": now - 2 * HOUR,
        "given_at": now - HOUR,
        "stated": (actions.Stated(topic=Topic.DEATH_CAUSE, said=Said.FALL, words=FOUND_WORDS),),
        "examined": (looked, named),
    }
    return actions.Found(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Found


def account(case: Case, *, by: Actor, now: datetime, **changes: object) -> Account:
    return actions.hear(case=case, heard=heard(now=now, **changes), by=by, now=now)


def finding(case: Case, *, by: Actor, now: datetime, **changes: object) -> Finding:
    return actions.find(case=case, found=found(case, now=now, **changes), by=by, now=now)


def sides(account_id: UUID, finding_id: UUID) -> tuple[actions.Statement, actions.Statement]:
    return actions.Statement(account_id=account_id), actions.Statement(finding_id=finding_id)


def contradiction(case: Case, *, by: Actor, now: datetime) -> Contradiction:
    """The mother's account and the finding, marked."""
    one, other = sides(account(case, by=by, now=now).id, finding(case, by=by, now=now).id)
    return actions.mark(case=case, topic=Topic.DEATH_CAUSE, one=one, other=other, by=by, now=now)


def mother(case: Case, *, by: Actor, now: datetime) -> Person:
    return actions.add_person(case=case, named=MOTHER, role=Role.REPRESENTATIVE, by=by, now=now)


def request(asker_id: UUID, *, now: datetime, **changes: object) -> actions.Request:
    said = {
        "asker_id": asker_id,
        "kin": Kin.PARENT,
        "words": "Сараптама қайта қаралсын деп сұраймын.",
        "asked_at": now - HOUR,
    }
    return actions.Request(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Request


def looked(case_id: UUID, *, by: Actor, now: datetime) -> None:
    """Someone opens a case, as its page writes it down."""
    journal.write(kind="web.case.seen", thing="case", thing_id=case_id, by=by, now=now)


def read(review: Review, *, now: datetime) -> None:
    """The office takes the file and opens it."""
    shared.answered(review.referral, "ombudsman", now=now)
    looked(review.case_id, by=actor("ombudsman"), now=now)


def review(case: Case, *, by: Actor, now: datetime) -> Review:
    """A review that the mother asks for."""
    asker = mother(case, by=by, now=now)
    return actions.ask_review(case=case, request=request(asker.id, now=now), by=by, now=now)
