"""Nothing in the database says who she is, what happened or where she lives: every column of every table is read."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import transaction
from psycopg import sql

from qorgan.base import deployment
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Speaker
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.files import actions as files
from qorgan.messages import actions as messages
from qorgan.messages.terms import Channel, SafeContact
from qorgan.orders import actions as orders
from qorgan.orders.terms import Finding, Prohibition, Receipt
from qorgan.people import actions as people
from qorgan.people.models import Person
from qorgan.reports import actions as reports
from qorgan.reports.rules import SameNumberOtherContent
from tests import factories
from tests.base.logins import tables
from tests.conftest import actor

WITNESS = "Оспанова Мәдина Ерболқызы"
REASON = "қолхатсыз кетіп қалды"
NOTE = "Есік сынған, Гүлсезім көршісінде"
SAID = "Ол мені баспалдақтан итерді"
LETTER = "Ертең сағат онда кездесейік"
MAIL = "gulsezim@example.kz"
CODE = "алтын алма"
ANSWERS = "көршісі Рауан"
DECISION = "прокурор Оразбаевтың 7-қаулысы"
EXCUSE = "учаскелік ауруханада жатты"
SECRETS = (
    *factories.WOMAN.written.split(),
    *factories.MAN.written.split(),
    *WITNESS.split(),
    factories.WOMAN.iin,
    factories.WOMAN.phone,
    "77010000001",
    "итеріп, қолын бұраған",
    "Тұран м/а",
    REASON,
    NOTE,
    SAID,
    LETTER,
    MAIL,
    CODE,
    ANSWERS,
    DECISION,
    EXCUSE,
)


def _live(inspector: Actor, now: datetime) -> None:
    """Everything that the first thread writes about one woman, and a message to her."""
    order = factories.issued(by=inspector, now=now)
    service = orders.Service(at=now, receipt=Receipt.REFUSED, witness=WITNESS, reason=REASON)
    orders.serve(order=order, service=service, by=inspector, now=now)
    late = now + timedelta(days=8)
    found = {"finding": Finding.BREACH, "breached": (Prohibition.CONTACT,), "note": NOTE}
    orders.check(order=order, step=1, **found, by=inspector, now=late)  # type: ignore[arg-type]  # told by name
    orders.cancel(order=order, why=DECISION, by=inspector, now=late)
    copy = Duty.objects.get(thing_id=factories.issued(by=inspector, now=now).id, kind=Kind.VERIFY_PROVISION)
    duties.finish(duty=copy, by=inspector, now=late, late_why=EXCUSE)
    case = Case.objects.get(pk=order.case_id)
    said = {"speaker": Speaker.VICTIM, "words": SAID, "source": "орган", "said_at": now}
    cases.write_account(case=case, by=inspector, now=now, **said)  # type: ignore[arg-type]  # named above
    victim = Person.objects.get(pk=case_queries.persons(case)[0][1].id)
    contact = SafeContact(Channel.EMAIL, MAIL, CODE, time(9), time(18), False, now, answers=ANSWERS)
    people.set_contact(person=victim, contact=contact, by=inspector, now=now)
    gate = {"thing": "case", "thing_id": case.id, **beside(case), "zone": ZoneInfo("Asia/Almaty")}
    messages.queue(contact=contact, words=LETTER, by=inspector, now=now, **gate)  # type: ignore[arg-type]  # as above
    owner = {"owner": "case", "owner_id": case.id, "role": "letter", "key_id": case.key_id}
    kept = {"content": f"{WITNESS}: {SAID}".encode(), "media_type": "text/plain", **beside(case)}
    files.keep(by=inspector, now=now, **kept, **owner)  # type: ignore[arg-type]  # as above


def _rows(connection: psycopg.Connection, table: str) -> Iterator[str]:
    """Every row as a dump would show it: text as it is, bytes as hexadecimal digits."""
    for row in connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table))):
        yield str(row[0])


def found_in(connection: psycopg.Connection, secrets: Iterable[str]) -> set[tuple[str, str]]:
    """(table, secret) wherever a secret stands in a row: as text, with other case, or as the bytes of a column."""
    forms = {secret: (secret.casefold(), secret.encode().hex()) for secret in secrets}
    found = set()
    for table in tables():
        for row in _rows(connection, table):
            plain = row.casefold()
            found |= {(table, secret) for secret, seen in forms.items() if any(form in plain for form in seen)}
    return found


@pytest.fixture
def lived(transactional_db: None, now: datetime) -> Actor:
    """The thread, lived and committed."""
    inspector = actor("inspector")
    with acting(inspector), transaction.atomic():
        _live(inspector, now)
    return inspector


def test_no_row_of_the_database_says_a_name_a_text_an_address_or_a_number(lived: Actor) -> None:
    with psycopg.connect(deployment.owner().dsn()) as connection:
        assert found_in(connection, SECRETS) == set()
        rows = {table: sum(1 for _row in _rows(connection, table)) for table in ("people_person", "files_blob")}
    assert rows == {"people_person": 4, "files_blob": 1}


def test_a_name_in_any_kind_of_column_would_be_found(lived: Actor) -> None:
    leaks = (
        "update people_person set written = convert_to('Гүлсезім', 'UTF8')",
        "update reports_report set kui_no = 'от ГҮЛСЕЗІМ'",
        'update reports_report set notes = \'[{"x": "Гүлсезім"}]\'',
    )
    for leak in leaks:
        with psycopg.connect(deployment.owner().dsn()) as connection:
            connection.execute(leak.encode())
            assert {secret for _table, secret in found_in(connection, ["Гүлсезім"])} == {"Гүлсезім"}
            connection.rollback()


def test_a_late_check_is_done_without_its_note_in_plain_words(lived: Actor) -> None:
    with acting(lived), transaction.atomic():
        assert [bytes(held.late_why) for held in Duty.objects.filter(done_at__isnull=False, step=1)] == [b""]


def test_what_is_repeated_or_refused_leaves_no_words_behind(lived: Actor, now: datetime) -> None:
    with acting(lived):
        sent = factories.signal(at=now, kui_no="267510099000001")
        reports.accept(signal=sent, by=lived, now=now)
        changed = factories.signal(at=now, kui_no="267510099000001", narrative=SAID)
        with pytest.raises(SameNumberOtherContent):
            reports.accept(signal=changed, by=lived, now=now)
    with psycopg.connect(deployment.owner().dsn()) as connection:
        assert found_in(connection, SECRETS) == set()
