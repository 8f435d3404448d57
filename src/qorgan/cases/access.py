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
ASK_REVIEW = "cases.review.ask"
ANSWER_REVIEW = "cases.review.answer"

__all__ = [
    "ANSWER",
    "ANSWER_REVIEW",
    "ASK_REVIEW",
    "ASSIGN",
    "CONSENT",
    "LEAD",
    "OPEN",
    "REFER",
    "SEE",
    "SEE_ACCOUNTS",
    "SEE_PERSONS",
    "TRANSFER",
    "check_may",
]
