"""Words of the law for people: marks, units, outcomes and reasons. The marks themselves are in `engine.marks`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.law.engine.life import Reported
from qorgan.law.engine.marks import Confidence, Doubt, JudgedBy, Proceeding, Standing, Unit
from qorgan.law.engine.verdicts import Outcome, Reason

Word = Confidence | Doubt | JudgedBy | Outcome | Proceeding | Reason | Reported | Standing | Unit
Text = str | Promise


def label(word: Word) -> Text:
    """The words a person reads."""
    return _LABELS[type(word)][word.value]


_CONFIDENCE: dict[str, Text] = {
    Confidence.FOUND: _("found in a public source"),
    Confidence.FOUND_WEAK: _("found in a weak or secondary source"),
    Confidence.KNOWN_HIGH: _("known, highly certain"),
    Confidence.KNOWN_MEDIUM: _("known, fairly certain"),
    Confidence.KNOWN_LOW: _("doubtful"),
    Confidence.HOUSE: _("a rule of this system, of no act"),
    Confidence.ENTERED: _("entered here from a document"),
}

_UNIT: dict[str, Text] = {
    Unit.MINUTES: _("minutes"),
    Unit.HOURS: _("hours"),
    Unit.DAYS: _("periods of 24 hours"),
    Unit.CALENDAR_DAYS: _("calendar days"),
    Unit.WORKING_DAYS: _("working days"),
    Unit.MONTHS: _("months"),
    Unit.YEARS_OF_AGE: _("years of age"),
    Unit.COUNT: _("times"),
    Unit.TIMES_A_MONTH: _("times a month"),
    Unit.HOURS_A_DAY: _("hours a day"),
    Unit.SIGNATURES: _("signatures"),
    Unit.PERCENT: _("percent of the population"),
    Unit.PEOPLE: _("people"),
    Unit.TENGE: _("tenge"),
    Unit.MCI: _("monthly calculation indexes"),
    Unit.YES_NO: _("yes or no"),
    Unit.ARTICLE: _("article"),
    Unit.ARTICLES: _("articles"),
    Unit.LIST: _("list"),
    Unit.TEXT: _("text"),
}

_JUDGED_BY: dict[str, Text] = {
    JudgedBy.ACT: _("by the day of the act"),
    JudgedBy.MEASURE: _("by the day of the measure"),
    JudgedBy.EVENT: _("by the day of the event"),
}

_STANDING: dict[str, Text] = {
    Standing.DECIDES: _("on record"),
    Standing.TO_VERIFY: _("to be verified"),
    Standing.VERIFY_FIRST: _("decides nothing until verified"),
    Standing.NOT_ON_RECORD: _("not on record"),
}

_DOUBT: dict[str, Text] = {
    Doubt.CONFIDENCE: _("the source is weak"),
    Doubt.START: _("the day it came into force is not known exactly"),
    Doubt.CONFLICT: _("public sources disagree"),
}

_PROCEEDING: dict[str, Text] = {
    Proceeding.CRIMINAL: _("criminal"),
    Proceeding.ADMINISTRATIVE: _("administrative"),
}

_OUTCOME: dict[str, Text] = {
    Outcome.ALLOWED: _("allowed"),
    Outcome.REFUSED: _("refused"),
    Outcome.NOT_IN_FORCE: _("not refused: the rule was not in force"),
    Outcome.UNDECIDED: _("a person decides"),
}

_REASON: dict[str, Text] = {
    Reason.TALK_TOO_LONG: _("The talk was longer than the law allows."),
    Reason.MINOR_WITHOUT_ADULT: _("Neither a legal representative nor a teacher was with the child."),
    Reason.TALK_ONLINE: _("A talk may not be held online."),
    Reason.TOO_YOUNG: _("The person is too young."),
    Reason.AGE_UNKNOWN: _("The age is not known."),
    Reason.TERM_TOO_SHORT: _("The term is shorter than the law allows."),
    Reason.TERM_TOO_LONG: _("The term is longer than the law allows."),
    Reason.TOO_FEW_VISITS: _("There are fewer visits a month than the law asks for."),
    Reason.TOO_MANY_VISITS: _("There are more visits a month than the law allows."),
    Reason.ARTICLE_NOT_LISTED: _("This article is not among those the law lists."),
    Reason.TOO_MANY_HOURS: _("There are more hours a day than the day form allows."),
    Reason.STAY_TOO_LONG: _("The stay is longer than the law allows."),
    Reason.RECONCILED_BEFORE: _("The parties were reconciled before."),
    Reason.RECONCILED_WITHIN_YEAR: _("The parties were reconciled within the last year."),
    Reason.VIOLENCE_AGAINST_MINOR: _("The violence was against a minor."),
    Reason.NOT_ON_RECORD: _("The law on record does not say; a person decides."),
    Reason.NOT_IN_FORCE: _("The rule was not in force on that day."),
}

_REPORTED: dict[str, Text] = {
    Reported.WHOLE: _("reported"),
    Reported.PART: _("reported in part"),
    Reported.OVERDUE: _("no report, overdue"),
    Reported.AWAITED: _("report awaited"),
}

_LABELS: dict[type[Word], dict[str, Text]] = {
    Confidence: _CONFIDENCE,
    Unit: _UNIT,
    JudgedBy: _JUDGED_BY,
    Standing: _STANDING,
    Doubt: _DOUBT,
    Proceeding: _PROCEEDING,
    Outcome: _OUTCOME,
    Reason: _REASON,
    Reported: _REPORTED,
}
