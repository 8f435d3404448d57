"""Words of what is due."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What is to be done. Each kind is laid on someone by a provision of the law or by an order of the service."""

    DECIDE_REPORT = "decide_report"  # register the report or say why not
    TAKE_FORWARDED = "take_forwarded"  # another office forwarded a report: accept it or send it back
    SERVE_ORDER = "serve_order"
    CHECK_ORDER = "check_order"
    ANSWER_BREACH = "answer_breach"  # an order was breached: what follows is for a person to say
    COPY_TO_PROSECUTOR = "copy_to_prosecutor"
    COPY_TO_VICTIM = "copy_to_victim"
    COMPARE_ORDERS = "compare_orders"  # two records may be of one person, and an order stands in each
    WARN_OF_END = "warn_of_end"
    DECIDE_COURT_CASE = "decide_court_case"  # the court's own term, where one is on record
    ROUTE_REPORT = "route_report"  # a sealed record: say who takes it on
    REVIEW_BLOCK = "review_block"  # someone was shut out of a record elsewhere: confirm it or lift it
    REVIEW_OPENING = "review_opening"  # someone opened a record in an emergency: was it right?
    LET_IN = "let_in"  # someone asks for a sealed record: two people open it
    SEE_OPENING = "see_opening"  # a record of yours was opened in an emergency
    FOUND_ELSEWHERE = "found_elsewhere"  # someone sought a person of a record of yours
    ANSWER_REFERRAL = "answer_referral"  # accept or decline what another agency offers
    ANSWER_REVIEW = "answer_review"  # someone of the family asked the ombudsman for a review of a case
    STOP_USING = "stop_using"  # consent was withdrawn: stop using, return or destroy what is held, and say so
    REPLACE_SPEAKER = "replace_speaker"  # a representative may not speak for the child: someone else must
    DECIDE_NIGHT = "decide_night"  # a parent is, or may be, complained of: where does the child sleep tonight?
    ROUTE_SUSPECT = "route_suspect"  # a suspect in uniform: say who investigates
    OPEN_REVIEW = "open_review"  # a child died: begin the review
    ANSWER_RECOMMENDATION = "answer_recommendation"  # of a review: accepted, done, or refused with a reason
    CONFIRM_DESTRUCTION = "confirm_destruction"  # someone asked that a record is destroyed: confirm it or decline it
    RAISE_ALARM = "raise_alarm"  # a child is missing, and the record was shut to whoever wrote it down
    FIRST_SEARCH = "first_search"  # write down the first place that was searched
    LOOK_OUT = "look_out"  # a child is missing near by: tell the patrols
    APPROVE_NOTICE = "approve_notice"  # a second person reads the words of a public page
    REVIEW_SEARCH = "review_search"  # a search rests: look at it again
    HEAR_CHILD = "hear_child"  # a child was found: hear it apart from those at home
    ASSESS_AGAIN = "assess_again"  # a result is no longer to be relied on, or nothing could be asked
    TAKE_MEASURE = "take_measure"  # what a result asks for
    CONFIRM_LOWER = "confirm_lower"  # a second person decides on a lower result
    CHECK_WELFARE = "check_welfare"  # a second silent call from one number: is she safe?
    TELL_102 = "tell_102"  # danger now: a person tells 102 by voice
    SEE_TO_CONTACT = "see_to_contact"  # kept while the database was away, and its author may not finish it
    VERIFY_PROVISION = "verify_provision"  # the law's value is not on record: a person finds and enters it

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _LABELS[self]

    @property
    def verb(self) -> str | Promise:
        """The word on the button that does it."""
        return _VERBS[self]


_LABELS: dict[Kind, str | Promise] = {
    Kind.DECIDE_REPORT: _("Decide on the report"),
    Kind.TAKE_FORWARDED: _("Accept a forwarded report or send it back"),
    Kind.SERVE_ORDER: _("Serve the order under signature"),
    Kind.CHECK_ORDER: _("Check the order"),
    Kind.ANSWER_BREACH: _("Answer the breach of an order"),
    Kind.COPY_TO_PROSECUTOR: _("Send a copy of the order to the prosecutor"),
    Kind.COPY_TO_VICTIM: _("Hand a copy of the order to the protected person"),
    Kind.COMPARE_ORDERS: _("Another record may be of the same person: see whether one order is too many"),
    Kind.WARN_OF_END: _("Warn that the order is ending"),
    Kind.DECIDE_COURT_CASE: _("Decide the court case"),
    Kind.ROUTE_REPORT: _("Say who takes the sealed report on"),
    Kind.REVIEW_BLOCK: _("Confirm or lift a block"),
    Kind.REVIEW_OPENING: _("Review an emergency opening"),
    Kind.LET_IN: _("Say whether a sealed record is opened"),
    Kind.SEE_OPENING: _("A record of yours was opened in an emergency"),
    Kind.FOUND_ELSEWHERE: _("Another office seeks a person of a record of yours"),
    Kind.ANSWER_REFERRAL: _("Accept or decline what was referred"),
    Kind.ANSWER_REVIEW: _("Answer a review that a family asked for"),
    Kind.STOP_USING: _("Stop using, return or destroy what you hold, and confirm"),
    Kind.REPLACE_SPEAKER: _("See who speaks for the child: the representative may not"),
    Kind.DECIDE_NIGHT: _("Decide where the child sleeps tonight"),
    Kind.ROUTE_SUSPECT: _("A suspect in uniform: say who investigates"),
    Kind.OPEN_REVIEW: _("Begin the review of a child's death"),
    Kind.ANSWER_RECOMMENDATION: _("Answer a recommendation of a review"),
    Kind.CONFIRM_DESTRUCTION: _("Confirm or decline that a record is destroyed"),
    Kind.RAISE_ALARM: _("Raise the alarm for a missing child"),
    Kind.FIRST_SEARCH: _("Search the first place and write it down"),
    Kind.LOOK_OUT: _("A child is missing near by: tell the patrols"),
    Kind.APPROVE_NOTICE: _("Read the words of a public page as a second person"),
    Kind.REVIEW_SEARCH: _("Look at a resting search again"),
    Kind.HEAR_CHILD: _("Hear the found child, apart from those at home"),
    Kind.ASSESS_AGAIN: _("Assess the danger again"),
    Kind.TAKE_MEASURE: _("Do what the assessment asks for"),
    Kind.CONFIRM_LOWER: _("Decide on a lower result as a second person"),
    Kind.CHECK_WELFARE: _("Find out whether a silent caller is safe"),
    Kind.TELL_102: _("Tell 102 by voice of a danger now"),
    Kind.SEE_TO_CONTACT: _("Finish a contact that was kept while the database was away"),
    Kind.VERIFY_PROVISION: _("Verify the provision of the law"),
}

_VERBS: dict[Kind, str | Promise] = {
    Kind.DECIDE_REPORT: _("Decide"),
    Kind.TAKE_FORWARDED: _("Answer"),
    Kind.SERVE_ORDER: _("Serve"),
    Kind.CHECK_ORDER: _("Check"),
    Kind.ANSWER_BREACH: _("Answer"),
    Kind.COPY_TO_PROSECUTOR: _("Send"),
    Kind.COPY_TO_VICTIM: _("Handed"),
    Kind.COMPARE_ORDERS: _("Compared"),
    Kind.WARN_OF_END: _("Contact"),
    Kind.DECIDE_COURT_CASE: _("Decide"),
    Kind.ROUTE_REPORT: _("Route"),
    Kind.REVIEW_BLOCK: _("Review"),
    Kind.REVIEW_OPENING: _("Review"),
    Kind.LET_IN: _("Decide"),
    Kind.SEE_OPENING: _("Noted"),
    Kind.FOUND_ELSEWHERE: _("Contact"),
    Kind.ANSWER_REFERRAL: _("Answer"),
    Kind.ANSWER_REVIEW: _("Answer"),
    Kind.STOP_USING: _("Confirm"),
    Kind.REPLACE_SPEAKER: _("See"),
    Kind.DECIDE_NIGHT: _("Decide"),
    Kind.ROUTE_SUSPECT: _("Route"),
    Kind.OPEN_REVIEW: _("Begin"),
    Kind.ANSWER_RECOMMENDATION: _("Answer"),
    Kind.CONFIRM_DESTRUCTION: _("Decide"),
    Kind.RAISE_ALARM: _("See"),
    Kind.FIRST_SEARCH: _("Write down"),
    Kind.LOOK_OUT: _("Answer"),
    Kind.APPROVE_NOTICE: _("Decide"),
    Kind.REVIEW_SEARCH: _("See"),
    Kind.HEAR_CHILD: _("Confirm"),
    Kind.ASSESS_AGAIN: _("Assess"),
    Kind.TAKE_MEASURE: _("Done"),
    Kind.CONFIRM_LOWER: _("Decide"),
    Kind.CHECK_WELFARE: _("Checked"),
    Kind.TELL_102: _("Told"),
    Kind.SEE_TO_CONTACT: _("Seen to"),
    Kind.VERIFY_PROVISION: _("Verify"),
}

# What happens outside this system, so that a person says that it is done; every other duty is done by its own act.
DONE_BY_HAND = frozenset(
    {
        Kind.COPY_TO_PROSECUTOR,
        Kind.COPY_TO_VICTIM,
        Kind.COMPARE_ORDERS,
        Kind.WARN_OF_END,
        Kind.SEE_OPENING,
        Kind.FOUND_ELSEWHERE,
        Kind.REPLACE_SPEAKER,
        Kind.HEAR_CHILD,
        Kind.TAKE_MEASURE,
        Kind.CHECK_WELFARE,
        Kind.TELL_102,
        Kind.SEE_TO_CONTACT,
        Kind.VERIFY_PROVISION,
    }
)

# Someone waits for the answer: it is shown from the moment it is laid, not on its last day.
AWAITED = frozenset(
    {
        Kind.TAKE_FORWARDED,
        Kind.ROUTE_REPORT,
        Kind.REVIEW_BLOCK,
        Kind.REVIEW_OPENING,
        Kind.LET_IN,
        Kind.CONFIRM_DESTRUCTION,
        Kind.FOUND_ELSEWHERE,
        Kind.ANSWER_REFERRAL,
        Kind.ANSWER_REVIEW,
        Kind.STOP_USING,
        Kind.REPLACE_SPEAKER,
        Kind.DECIDE_NIGHT,
        Kind.ROUTE_SUSPECT,
        Kind.ANSWER_RECOMMENDATION,
        Kind.RAISE_ALARM,
        Kind.FIRST_SEARCH,
        Kind.LOOK_OUT,
        Kind.APPROVE_NOTICE,
        Kind.HEAR_CHILD,
        Kind.CONFIRM_LOWER,
        Kind.SEE_TO_CONTACT,
    }
)

# Its moment is the term of its provision, counted from its own beginning, and stands nowhere else.
BY_THEIR_TERM = frozenset(
    {
        Kind.COPY_TO_PROSECUTOR,
        Kind.DECIDE_COURT_CASE,
        Kind.FOUND_ELSEWHERE,
        Kind.REPLACE_SPEAKER,
        Kind.APPROVE_NOTICE,
        Kind.LOOK_OUT,
        Kind.CONFIRM_DESTRUCTION,
        Kind.OPEN_REVIEW,
        Kind.CONFIRM_LOWER,
        Kind.TELL_102,
        Kind.CHECK_WELFARE,
        Kind.SEE_TO_CONTACT,
        Kind.FIRST_SEARCH,
        Kind.HEAR_CHILD,
        Kind.REVIEW_BLOCK,
        Kind.REVIEW_OPENING,
    }
)

MOVED = "clock_moved"  # why a duty was dropped that a corrected clock no longer plans

# The thing of a duty that lies where another agency is, about what was offered to it; it stays when the case moves.
OFFERED = "referral"
RECOMMENDED = "recommendation"  # the same of what a review recommended
ELSEWHERE = frozenset({OFFERED, RECOMMENDED})


class Cause(StrEnum):
    """Why a clock was set anew."""

    EVENT = "event"  # the event that it runs from was corrected
    RULE = "rule"  # the value of the law that it runs by was corrected or verified
    EXTENDED = "extended"  # a decision made it longer, where the law of its day allows that
    SET = "set"  # a person set it, where the law on record gives no term

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _CAUSES[self]


_CAUSES: dict[Cause, str | Promise] = {
    Cause.EVENT: _("the event was corrected"),
    Cause.RULE: _("the value of the law was corrected"),
    Cause.EXTENDED: _("made longer by a decision"),
    Cause.SET: _("set by a person: no term is on record"),
}


class Answer(StrEnum):
    """What the office that a late duty was escalated to says to it."""

    NOTED = "noted"
    REASSIGNED = "reassigned"  # someone else was told to do it; the case names its owner
    EXPLAINED = "explained"  # there is a reason why it is late

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _ANSWERS[self]


_ANSWERS: dict[Answer, str | Promise] = {
    Answer.NOTED: _("took note"),
    Answer.REASSIGNED: _("gave it to someone else"),
    Answer.EXPLAINED: _("there is a reason"),
}
