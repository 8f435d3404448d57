"""Comings and goings in the journal: who signed in and out, and who could not. What was typed is never kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from qorgan.agencies import queries
from qorgan.agencies.models import Staff
from qorgan.base import clock, journal
from qorgan.base.scope import Actor

NOBODY = Actor(name="")


class Comings(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth tells whoever looks after the accounts."""

    def login(self, request: HttpRequest, user: Staff) -> None:
        """After the password, and after the second factor where there is one."""
        super().login(request, user)
        write("signed_in", user, is_known=True)

    def logout(self, request: HttpRequest) -> None:
        """By the button; a session that ends by itself leaves no row."""
        user = request.user
        super().logout(request)
        if isinstance(user, Staff):
            write("signed_out", user, is_known=True)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a door that is shut after too many of them; also where one is asked for again."""
        super().authentication_failed(request, **credentials)
        aimed_at = queries.staff_by_login(str(credentials.get("username", "")))
        is_locked = bool(getattr(request, "axes_locked_out", False))
        write("sign_in_failed", aimed_at, is_known=request.user.is_authenticated, is_locked_out=is_locked)

    def set_password(self, user: Staff, password: str) -> None:
        """A password that its owner changed."""
        super().set_password(user, password)
        write("password_changed", user, is_known=True)


def write(done: str, staff: Staff | None, *, is_known: bool, **detail: Any) -> None:
    """Write `web.staff.<done>` about an account, whose owner it is if `is_known`; else it is about nobody's act."""
    by = Actor(name="", staff_id=staff.pk) if staff and is_known else NOBODY
    with transaction.atomic():
        about = staff.pk if staff else ""
        journal.write(kind=f"web.staff.{done}", by=by, now=clock.now(), thing="staff", thing_id=about, detail=detail)
