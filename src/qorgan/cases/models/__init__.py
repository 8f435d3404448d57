"""The case, its people and what they said; what is shared of it and who was asked."""

from qorgan.cases.models.accounts import Answer, Contradiction, Examined, Finding
from qorgan.cases.models.case import Account, Case, CasePerson, CaseReport, Incident
from qorgan.cases.models.death import DeathEntry, DeathReview, Recommendation
from qorgan.cases.models.nights import Night, Parenthood, Telling
from qorgan.cases.models.review import Review
from qorgan.cases.models.sharing import Consent, ConsentWord, Referral, Representation

__all__ = [
    "Account",
    "Answer",
    "Case",
    "CasePerson",
    "CaseReport",
    "Consent",
    "ConsentWord",
    "Contradiction",
    "DeathEntry",
    "DeathReview",
    "Examined",
    "Finding",
    "Incident",
    "Night",
    "Parenthood",
    "Recommendation",
    "Referral",
    "Representation",
    "Review",
    "Telling",
]
