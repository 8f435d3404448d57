"""What contacts of the trust line leave."""

from qorgan.base import ids
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports.models import Contact, Report
from qorgan.reports.readers import topics as tree
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import Disposition
from qorgan.simulation.engine.reaching import CHECK
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedContact
from qorgan.simulation.loader.answers import Answers
from qorgan.simulation.loader.rows import Rows, Thing
from qorgan.simulation.perform.reached import topics


class Reached:
    """The contacts of a thread, as the call-taker of the region leaves them."""

    def __init__(
        self, contacts: tuple[PlannedContact, ...], told: PlannedContact | None, by: Actor, held: tuple[Rows, Answers]
    ) -> None:
        self.planned = contacts
        self.told = told
        self.by = by
        self.rows, self.answers = held
        self.contacts: dict[int, Contact] = {}
        self.first: Contact

    def take(self, step: Step) -> None:
        """The contact that will be the report."""
        assert self.told is not None
        self.first = self._begun(self.told, step)

    def hear(self, step: Step) -> None:
        """One that becomes nothing; after a second silence, the check of welfare."""
        planned = self.planned[step.one]
        held = self.contacts[step.one] = self._begun(planned, step)
        if not planned.again:
            return
        due_at = self.answers.deadline(CHECK, step.at, held.territory_id).due_at
        laid = Laid(DutyKind.CHECK_WELFARE, CHECK, step.at, due_at, to_verify=True)
        about = Thing("contact", held.id, held.territory_id, held.thread_id, held.agency_id, held.key_id)
        self.rows.lay([laid], about, self.by, step.at)

    def check_welfare(self, step: Step) -> None:
        """Done."""
        self.rows.done(self.contacts[step.one].id, DutyKind.CHECK_WELFARE, self.by, step.at)

    def _begun(self, planned: PlannedContact, step: Step) -> Contact:
        by, key, contact_id, said = self.by, vault.new_key(), ids.new(), Disposition(planned.said)
        territory = by.territory_id
        assert territory is not None, "a line acts in a place"
        held = self.rows.add(
            Contact(
                id=contact_id,
                thread_id=contact_id,
                territory_id=territory,
                agency_id=by.agency,
                line=Channel.TRUST_LINE_150.value,
                way=planned.way,
                key_id=key,
                raw_number=vault.seal(key, planned.number, at="reports.contact.raw_number"),
                number=vault.seal(key, blind.telephone(planned.number), at="reports.contact.number"),
                number_index=blind.phone(planned.number),
                rang_at=planned.rang_at,
                answered_at=planned.answered_at,
                ended_at=step.at if said.closes else None,
                taken_by=by.staff,
                disposition=said.value,
                disposed_at=step.at,
                disposed_by=by.staff,
                version=2,
            )
        )
        self.rows.tell(
            "reports.contact.begun", "contact", held.id, by, step.at, line=held.line, way=held.way, version=1
        )
        detail = {"disposition": held.disposition, "version": held.version}
        self.rows.tell("reports.contact.disposed", "contact", held.id, by, step.at, **detail)
        return held

    def complete(self, report: Report, step: Step) -> None:
        """It has become a report, which bears its id."""
        held, known = self.first, tree.in_force()
        assert self.told is not None
        held.topics, held.topic_tree = topics(self.told), known.version
        held.report_id, held.ended_at = report.id, step.at
        held.version += 1
        detail = {"topics": held.topics, "tree": held.topic_tree, "version": held.version}
        self.rows.tell("reports.contact.completed", "contact", held.id, self.by, step.at, **detail)
