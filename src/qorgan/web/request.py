"""The request as a page of staff sees it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from qorgan.agencies.models import Admission, Mandate, Staff
from qorgan.base.scope import Actor


class StaffRequest(HttpRequest):
    """A request of a person who has signed in and acts in one mandate; `staff_page` makes sure of both."""

    user: Staff
    actor: Actor
    mandate: Mandate
    mandates: tuple[Mandate, ...]
    inside: Admission | None
    bare: bool
    htmx: HtmxDetails
