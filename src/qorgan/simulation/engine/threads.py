"""Planned threads: what will happen, to whom, when. Every moment is in UTC, every day local to the place."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from qorgan.simulation.engine.children import PlannedDeath, PlannedTonight

PROTOCOL, WARNED, REFUTED = "protocol", "warned", "not_confirmed"  # what may follow a breach of an order


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person. `age` is full years on the day of the act, None where nobody will know it."""

    written: str
    sex: str
    age: int | None = None
    birth_date: date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report. `resent_at`: the same sending comes in a second time and adds nothing.

    `written_off_for`: the reason, where it is written off.
    """

    submission: str
    kui_no: str
    channel: str
    registered_at: datetime
    received_at: datetime
    time_known: bool
    narrative: str
    address: str
    victim: Persona | None
    suspect: Persona | None
    reporter: Persona | None
    resent_at: datetime | None = None
    written_off_at: datetime | None = None
    written_off_for: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """A check of an order, where the law of the day of service plans one of this step."""

    step: int
    at: datetime
    finding: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class PlannedBreach:
    """A breach that an officer notices, or of which a further report of the case tells; written down at `noted_at`.

    `followed`: what followed it; by a protocol it is the first offence of the thread that was registered for it.
    """

    noted_at: datetime
    breached_at: datetime | None = None
    report: PlannedReport | None = None
    followed: str = ""
    followed_at: datetime | None = None

    @property
    def noticed_at(self) -> datetime:
        """When it was noticed: a report tells of it when it is made."""
        return self.report.registered_at if self.report else self.noted_at

    @property
    def registers(self) -> bool:
        """Whether an offence was registered for it."""
        return self.followed == PROTOCOL


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """A protective order for the victim and perhaps her child. `happened_at`: the new fact that a second rests on.

    `left_at`: the complaint of `appealed_at` is turned down.
    """

    drafted_at: datetime
    issued_at: datetime
    circumstances: str
    happened_at: datetime | None = None
    served_at: datetime | None = None
    recorded_at: datetime | None = None
    refused: bool = False
    witness: str = ""
    cancelled_at: datetime | None = None
    checks: tuple[PlannedCheck, ...] = ()
    breach: PlannedBreach | None = None
    varied_at: datetime | None = None
    appealed_at: datetime | None = None
    left_at: datetime | None = None
    annulled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A victim (with the suspect's relationship to her) or a suspect. `known`: she is the one of the report."""

    part: str
    sex: str
    age: int | None
    relationship: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What the register says of an act."""

    code: str
    article: str
    part: str
    acted_on: date | None
    completion: str
    register_no: str


@dataclass(frozen=True, slots=True)
class PlannedOffence:
    """A registered offence. `corrections`: what the register says of the act from a moment on; `known_later`: the same
    of the person of that number.
    """

    registered_at: datetime
    wording: Wording
    parts: tuple[PlannedPart, ...]
    corrections: tuple[tuple[datetime, Wording], ...] = ()
    known_later: tuple[tuple[datetime, int, PlannedPart], ...] = ()
    suspended_at: datetime | None = None
    resumed_at: datetime | None = None
    sent_at: datetime | None = None
    terminated_at: datetime | None = None
    ground: str = ""
    annulled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedDecision:
    """A decision with its measure; perhaps appealed, perhaps in force."""

    at: datetime
    kind: str
    months: int | None = None
    days: int | None = None
    hours: int | None = None
    visits: int | None = None
    prohibitions: tuple[str, ...] = ()
    conviction: bool | None = None
    imprisonment_months: int | None = None
    appealed_at: datetime | None = None
    appealed_by: str = ""
    appeal_result: str = ""
    appeal_decided_at: datetime | None = None
    in_force_at: datetime | None = None
    breached_at: datetime | None = None  # special requirements: an officer notices it

    @property
    def varied(self) -> "PlannedDecision":
        """The decision as a higher court makes it milder."""

        def less(amount: int | None, least: int) -> int | None:
            return None if amount is None else max(least, amount // 2)

        return replace(
            self,
            months=less(self.months, 3),
            days=less(self.days, 1),
            hours=less(self.hours, 10),
            imprisonment_months=less(self.imprisonment_months, 1),
        )


@dataclass(frozen=True, slots=True)
class PlannedHearing:
    """A hearing set at a moment for another; `result` empty: it was held by the decision."""

    set_at: datetime
    at: datetime
    result: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedCourtCase:
    """Materials in court, about the order or the offence of that number in the thread."""

    kind: str
    sent_at: datetime
    order: int | None = None
    offence: int | None = None
    hearings: tuple[PlannedHearing, ...] = ()
    decisions: tuple[PlannedDecision, ...] = ()
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedOffer:
    """A part of the file offered to the crisis centre of the region; or, to the district `to`, the whole case.

    `accepted` None: nobody ever answered.
    """

    at: datetime
    to: int | None = None
    until: datetime | None = None
    answered_at: datetime | None = None
    accepted: bool | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A case shut to a colleague, or opened in an emergency by the police of the district `by`; and the word on it.

    `stands`: confirmed, or with ground. `in_time`: before the clock of the law ran out.
    """

    at: datetime
    by: int | None = None
    decided_at: datetime | None = None
    stands: bool = True
    in_time: bool = True


@dataclass(frozen=True, slots=True)
class PlannedAlarm:
    """The child of the case is missing, and what the search came to. `ended_at` None: still sought.

    `review_on` None: found alive; else the search rests until that day.
    """

    at: datetime
    seen_at: datetime
    place: str
    searched_at: datetime | None = None
    ended_at: datetime | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """Someone reached the trust line of the region; `said` is what it was.

    `answered_at` is `rang_at` where no exchange told when it rang. `child`: its topic is harm done to a child.
    `again`: the one before came from the same number and was silent too, so that a check of welfare is laid.
    """

    rang_at: datetime
    answered_at: datetime
    said: str
    way: str
    number: str = ""
    child: bool = False
    again: bool = False
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """What the result of an assessment asks for. `done_at` None: not while the thread moves."""

    action: str
    done_at: datetime | None = None
    in_time: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDanger:
    """The danger in a case, assessed once. `yes`: what was answered so, all else being a no.

    Where it was not `safe` to ask nothing was answered. `lower`: the band that a lower result is asked for, and whether
    a second person `agreed`; empty: nobody asked.
    """

    at: datetime
    safe: bool
    yes: tuple[str, ...]
    measures: tuple[PlannedMeasure, ...]
    lower: str = ""
    asked_at: datetime | None = None
    decided_at: datetime | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedForward:
    """A report forwarded between the district of its thread and the district `other`.

    `accepted`: the other one took it in first and the thread's own took it over; else the other one sent it back.
    `answered_at` None: nobody answered, and it lies there.
    """

    other: int
    at: datetime
    answered_at: datetime | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class PlannedUndone:
    """A write-off that did not stand: taken back by the office itself, or cancelled by the prosecutor."""

    at: datetime
    reason: str
    back_at: datetime
    by_prosecutor: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRepeat:
    """A second report of the same event, joined to the thread's own. `parted_at`: taken back, then done again."""

    report: PlannedReport
    joined_at: datetime
    reason: str
    parted_at: datetime | None = None
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedDispute:
    """A relative speaks beside the report; a finding; that the two contradict each other, marked; a review by the
    ombudsman, asked for, given a term, answered or not."""

    heard_at: datetime
    found_at: datetime | None = None
    marked_at: datetime | None = None
    asked_at: datetime | None = None
    term_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread: a report and all that came of it, or an offence that no report led to.

    `child` is named in the case and protected by its orders. `told`: the contact that became the report; `contacts`:
    those that became nothing. `uniform`: the investigation of a suspect in uniform passed on. `entered`: the first
    offence was registered for the report itself, which is its outcome; a case is then opened only where that offence
    was annulled. `death`: the child died, and the death is reviewed.
    """

    key: str
    territory: int
    report: PlannedReport | None = None
    case_at: datetime | None = None
    child: Persona | None = None
    child_at: datetime | None = None
    orders: tuple[PlannedOrder, ...] = ()
    offences: tuple[PlannedOffence, ...] = ()
    court_cases: tuple[PlannedCourtCase, ...] = ()
    referral: PlannedOffer | None = None
    transfer: PlannedOffer | None = None
    block: PlannedReview | None = None
    opening: PlannedReview | None = None
    alarm: PlannedAlarm | None = None
    danger: PlannedDanger | None = None
    dispute: PlannedDispute | None = None
    tonight: PlannedTonight | None = None
    uniform: PlannedOffer | None = None
    death: PlannedDeath | None = None
    told: PlannedContact | None = None
    contacts: tuple[PlannedContact, ...] = ()
    forward: PlannedForward | None = None
    undone: PlannedUndone | None = None
    repeat: PlannedRepeat | None = None
    entered: bool = False
