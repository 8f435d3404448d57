"""Who may do what with cases, and with what of them is shared."""

from qorgan.base.scope import check_may

SEE = "cases.case.see"
SEE_PERSONS = "cases.person.see"
SEE_ACCOUNTS = "cases.account.see"
OPEN = "cases.case.open"
LEAD = "cases.case.lead"
ASSIGN = "cases.case.assign"
REFER = "cases.case.refer"
TRANSFER = "cases.case.transfer"
CONSENT = "cases.consent.keep"
ANSWER = "cases.referral.answer"
NIGHT = "cases.night.decide"
DEATH = "cases.death.review"
ADVISED = "cases.recommendation.answer"
ASK_REVIEW = "cases.review.ask"
ANSWER_REVIEW = "cases.review.answer"

__all__ = [
    "ADVISED",
    "ANSWER",
    "ANSWER_REVIEW",
    "ASK_REVIEW",
    "ASSIGN",
    "CONSENT",
    "DEATH",
    "LEAD",
    "NIGHT",
    "OPEN",
    "REFER",
    "SEE",
    "SEE_ACCOUNTS",
    "SEE_PERSONS",
    "TRANSFER",
    "check_may",
]
