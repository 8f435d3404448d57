"""Comings and goings in the journal: who signed in and out, and who could not. What was typed is never kept."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Staff
from qorgan.base import clock, journal, words
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.web.account import again, machines, sessions

NOBODY = Actor(name="")
MACHINE = "machine"  # the key in the session
FEW_CODES = 3
# Ten guesses of a million in a quarter of an hour: years for half a chance, and her own slips are forgiven by lunch.
# Only who knows the password comes so far, so that nobody else can shut this door.
MOST_WRONG_CODES, WRONG_CODES_SINCE = 10, timedelta(minutes=15)

_SAID = {
    "account/messages/logged_out.txt": gettext_lazy("You are signed out."),
    "account/messages/password_changed.txt": gettext_lazy("The password is changed."),
    "mfa/messages/totp_activated.txt": gettext_lazy("The app is turned on."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The app is turned off."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
}


class Comings(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth tells, and asks, whoever looks after the accounts."""

    def login(self, request: HttpRequest, user: Staff) -> None:
        """After the password, and after the second factor where there is one. Who was disabled meanwhile stays out."""
        if not Staff.objects.filter(pk=user.pk, is_active=True).exists():
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)
        request.session[MACHINE] = {"words": machines.words(request), "since": clock.now().isoformat()}
        write("signed_in", user, is_known=True)
        tell(request, user)

    def logout(self, request: HttpRequest) -> None:
        """By the button; a session that ends by itself leaves no row."""
        user = request.user
        super().logout(request)
        if isinstance(user, Staff):
            write("signed_out", user, is_known=True)

    def respond_user_inactive(self, request: HttpRequest, user: Staff) -> HttpResponse:
        """The form again: who is disabled is answered like someone unknown."""
        return HttpResponseRedirect(reverse("account_login"))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a door that is shut after too many of them; also where one is asked for again."""
        super().authentication_failed(request, **credentials)
        aimed_at = queries.staff_by_login(str(credentials.get("username", "")))
        is_locked = bool(getattr(request, "axes_locked_out", False))
        write("sign_in_failed", aimed_at, is_known=request.user.is_authenticated, is_locked_out=is_locked)

    def set_password(self, user: Staff, password: str) -> None:
        """A password that its owner changed. Whoever is in elsewhere is out: a thief of the old one too."""
        super().set_password(user, password)
        write("password_changed", user, is_known=True)
        here = sessions.kept(context.request.session.session_key)
        actions.end_other_sessions(keep=here, by=herself(context.request), now=clock.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether allauth's own pages ask for a proof: by the same rule as ours."""
        return not again.fresh(context.request)

    def add_message(
        self, request: HttpRequest, level: int, template: str | None = None, *_rest: Any, **told: Any
    ) -> None:
        """What allauth says of an act, in our words: its own are not in every language of the house."""
        message = told.get("message") or _SAID.get(told.get("message_template", template) or "")
        if message:
            messages.add_message(request, level, str(message))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By what a person proves who she is: by what she holds; by the password only where she holds nothing."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] != "reauthenticate"] or methods


def address(request: HttpRequest) -> str | None:
    """From where someone comes, for counting wrong passwords: what the deployment's own proxies say, and no others."""
    try:
        return str(Comings(request).get_client_ip(request))
    except PermissionDenied:
        return None


def write(done: str, staff: Staff | None, *, is_known: bool, **detail: Any) -> None:
    """Write `web.staff.<done>` about an account, whose owner it is if `is_known`; else it is about nobody's act."""
    by = Actor(name="", staff_id=staff.pk) if staff and is_known else NOBODY
    with transaction.atomic():
        about = staff.pk if staff else ""
        journal.write(kind=f"web.staff.{done}", by=by, now=clock.now(), thing="staff", thing_id=about, detail=detail)


def herself(request: HttpRequest) -> Actor:
    """Who acts on her own account, in a mandate or without one."""
    acting: Actor | None = getattr(request, "actor", None)
    return acting or Actor(name="", staff_id=request.user.pk)


def has_tried_too_often(staff: Staff, *, now: datetime) -> bool:
    """Whether so many wrong codes of a second factor were typed that no more are looked at for a while."""
    wrong = JournalEntry.objects.filter(
        thing="staff", thing_id=str(staff.pk), kind="web.staff.second_factor_failed", at__gt=now - WRONG_CODES_SINCE
    )
    return wrong.count() >= MOST_WRONG_CODES


def codes_left(staff: Staff) -> int | None:
    """How many recovery codes are not used up; None where there are none at all."""
    held = Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(held.wrap().get_unused_codes()) if held else None


def tell(request: HttpRequest, staff: Staff) -> None:
    """What a person must know when she comes in: that her sign-in was to be made anew, that few codes are left."""
    now = clock.now()
    asked = queries.asked_anew(staff)
    if asked is not None:
        told = _(
            "On %(day)s an administrator asked for your sign-in to be made anew. If that was not your wish, tell the"
            " person responsible for security now."
        )
        messages.error(request, told % {"day": words.date_short(asked.made_at.date(), get_language() or "en")})
        actions.mark_told(staff_id=staff.pk, by=Actor(name="", staff_id=staff.pk), now=now)
    left = codes_left(staff)
    if left is not None and left <= FEW_CODES:
        messages.warning(request, _("Few recovery codes are left: %(left)d. Make new ones.") % {"left": left})
