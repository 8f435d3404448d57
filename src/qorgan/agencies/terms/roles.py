"""What each role is called, what it is for, and every act it allows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms.acts import ADVISED, ASSESS, LINE, OPENS, READ, REVIEWS, REVISES, SEEK, SHARE


@dataclass(frozen=True)
class Role:
    """A role as a lawyer reads it: what it is called, what it is for, and every act it allows.

    `inside` are acts that it allows in an entrusted file only, never over a place. Without `sees_place` no record of
    the mandate's territory is in sight: only what is offered or entrusted to the agency.
    """

    code: str
    name: str | Promise
    description: str | Promise
    permissions: frozenset[str]
    inside: frozenset[str] = frozenset()
    sees_place: bool = True

    @property
    def reads_records(self) -> bool:
        """Whether it opens anything that was written about a person."""
        return any(one.partition(".")[0] in _RECORDS and one.endswith(".see") for one in self.permissions)


_RECORDS = frozenset({"reports", "people", "cases", "offences", "orders", "courts", "duties", "missing", "risk"})
ADMINISTRATOR = "administrator"

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "call_taker",
            _("Call-taker"),
            _("Writes down what a caller says and passes it on. Sees reports of the territory, opens no case."),
            frozenset(LINE | {"reports.report.see", "reports.report.accept", "duties.duty.see", "duties.duty.do"}),
        ),
        Role(
            "desk_officer",
            _("Duty desk officer"),
            _("Registers reports of the territory, imports the desk's file and opens cases."),
            frozenset(
                READ
                | OPENS
                | SEEK
                | ASSESS
                | {
                    "reports.report.accept",
                    "reports.report.import",
                    "reports.report.decide",
                    "cases.case.open",
                    "offences.offence.register",
                    "duties.duty.do",
                }
            ),
        ),
        Role(
            "district_inspector",
            _("District police inspector"),
            _("Leads cases of the territory: opens them, issues, serves and checks protective orders."),
            frozenset(
                READ
                | OPENS
                | SEEK
                | ASSESS
                | {
                    "reports.report.accept",
                    "reports.report.import",
                    "reports.report.decide",
                    "cases.case.open",
                    "cases.case.lead",
                    "offences.offence.register",
                    "offences.offence.correct",
                    "offences.offence.decide",
                    "orders.order.draft",
                    "orders.order.issue",
                    "orders.order.serve",
                    "orders.order.check",
                    "orders.order.cancel",
                    "orders.order.vary",
                    "orders.order.appeal",
                    "orders.order.correct",
                    "courts.court_case.see",
                    "courts.court_case.send",
                    "duties.duty.do",
                    "people.person.contact",
                }
                | SHARE
            ),
        ),
        Role(
            "unit_head",
            _("Head of unit"),
            _(
                "Sees all that the unit does, takes over cases and late duties, answers to those that were escalated,"
                " asks that a record is destroyed or forbids it."
            ),
            frozenset(
                READ
                | OPENS
                | REVIEWS
                | SEEK
                | ASSESS
                | {
                    "missing.notice.approve",
                    "risk.lowering.decide",
                    "reports.report.accept",
                    "reports.report.import",
                    "orders.order.draft",
                    "reports.report.decide",
                    "cases.case.open",
                    "cases.case.lead",
                    "cases.case.assign",
                    "offences.offence.register",
                    "offences.offence.correct",
                    "offences.offence.decide",
                    "orders.order.issue",
                    "orders.order.serve",
                    "orders.order.check",
                    "orders.order.cancel",
                    "orders.order.vary",
                    "orders.order.appeal",
                    "orders.order.correct",
                    "courts.court_case.see",
                    "courts.court_case.send",
                    "shredding.destruction.see",
                    "shredding.destruction.ask",
                    "shredding.hold.keep",
                    "duties.duty.do",
                    "duties.escalation.answer",
                    "cases.case.transfer",
                    "cases.death.review",
                }
                | SHARE
            ),
        ),
        Role(
            "prosecutor",
            _("Prosecutor"),
            _(
                "Oversees legality: sees orders, their clocks and duties of the territory. Says who takes a sealed"
                " record on, cancels write-offs of reports, writes down that a family asks for a review, confirms that"
                " a record is destroyed or forbids it, answers to late duties that were escalated; changes nothing"
                " else."
            ),
            frozenset(
                REVIEWS
                | {"agencies.opening.let_in"}
                | {
                    "reports.report.route",
                    "reports.report.return",
                    "orders.order.see",
                    "duties.duty.see",
                    "duties.escalation.answer",
                    "cases.case.see",
                    "cases.person.see",
                    "cases.review.ask",
                    "offences.offence.see",
                    "shredding.destruction.see",
                    "shredding.destruction.confirm",
                    "shredding.hold.keep",
                    "courts.court_case.see",
                    "missing.alarm.see",
                }
            ),
        ),
        Role(
            "specialist",
            _("Specialist of a helping agency"),
            _(
                "Answers what is referred to the agency: a crisis centre, a clinic, guardianship, a legal aid. Sees no"
                " file but the one that was accepted, and of it only what was granted, until then."
            ),
            frozenset({"cases.referral.answer", ADVISED}),
            inside=frozenset(
                {
                    "cases.case.see",
                    "cases.person.see",
                    "cases.account.see",
                    "cases.night.decide",
                    "orders.order.see",
                    "reports.report.see",
                    "offences.offence.see",
                }
            ),
            sees_place=False,
        ),
        Role(
            "court_clerk",
            _("Court clerk"),
            _(
                "Receives what is sent to the court from its territory, sets hearings, writes decisions and appeals."
                " Forbids to destroy what the court needs. Sees court cases; opens no case and no report."
            ),
            frozenset(
                {
                    "courts.court_case.see",
                    "courts.court_case.schedule",
                    "courts.court_case.decide",
                    "courts.court_case.appeal",
                    "shredding.hold.keep",
                }
            ),
        ),
        Role(
            "statistician",
            _("Statistician"),
            _("Builds releases from facts. Sees no person, no case and no report."),
            frozenset(
                {
                    "facts.fact.export",
                    "indicators.indicator.see",
                    "releases.draft.see",
                    "releases.release.build",
                    "releases.date.announce",
                    "claims.statement.see",
                    "claims.statement.bring",
                    "claims.statement.withdraw",
                }
            ),
        ),
        Role(
            "checker",
            _("Second person of a release"),
            _("Checks a release that someone else has drawn up, publishes it or sends it back, withdraws it."),
            frozenset(
                {
                    "indicators.indicator.see",
                    "releases.draft.see",
                    "releases.release.check",
                    "releases.release.publish",
                    "releases.release.withdraw",
                    "claims.statement.see",
                    "claims.statement.publish",
                    "claims.statement.withdraw",
                }
            ),
        ),
        Role(
            "press_officer",
            _("Press officer"),
            _(
                "Reads releases and drafts, takes their texts and tables, sees the calendar; brings statements to be"
                " checked, enters reports on laws. Decides nothing."
            ),
            frozenset({"releases.draft.see", "claims.statement.see", "claims.statement.bring", "law.report.enter"}),
        ),
        Role(
            "ombudsman",
            _("Ombudsman"),
            _(
                "Brings what is said in public to be checked against the releases, says how it is to be read, withdraws"
                " it; enters reports on laws. Answers reviews that families ask for: sees no file but such a one, and"
                " of it what was granted."
            ),
            frozenset(
                REVISES
                | {"claims.statement.see", "claims.statement.bring", "claims.statement.withdraw", "law.report.enter"}
            ),
            inside=frozenset({"cases.case.see", "cases.person.see", "cases.account.see"}),
            sees_place=False,
        ),
        Role(
            "administrator",
            _("Administrator"),
            _("Keeps agencies, staff, mandates and entered values of the law. Sees no case."),
            frozenset({"agencies.staff.keep", "law.value.enter", "risk.instrument.import", "places.territory.import"}),
        ),
    )
}
