"""Of whom a second factor is demanded, and who has one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import ADMINISTRATOR, ROLES, SecondFactor


def demands(mandates: Iterable[Mandate]) -> bool:
    """Whether someone with these mandates must have a second factor before she sees anything."""
    policy = SecondFactor(settings.SECOND_FACTOR)
    if policy is SecondFactor.NOBODY:
        return False
    roles = [ROLES[mandate.role] for mandate in mandates]
    if policy is SecondFactor.EVERYONE:
        return bool(roles)
    return any(role.code == ADMINISTRATOR or role.reads_records for role in roles)


def is_bare(person: Any, mandates: Iterable[Mandate]) -> bool:
    """Whether a second factor is demanded of a person who has none."""
    return demands(mandates) and not has_factor(person)


def has_factor(person: Any) -> bool:
    """Whether a person has an authenticator app or a passkey; recovery codes alone are none."""
    from allauth.mfa.models import Authenticator  # processes without pages of staff load this file too

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=kinds).exists())
