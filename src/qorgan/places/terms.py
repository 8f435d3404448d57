"""Words of places."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.places.engine.records import Change, Form, Kind

__all__ = ["KINDS", "Change", "Form", "Kind"]

KINDS: dict[Kind, str | Promise] = {
    Kind.COUNTRY: _("country"),
    Kind.REGION: _("region"),
    Kind.CITY_REGION: _("city of republican significance"),
    Kind.CITY: _("city"),
    Kind.TOWN: _("town"),
    Kind.DISTRICT: _("district"),
    Kind.CITY_DISTRICT: _("city district"),
    Kind.RURAL_DISTRICT: _("rural district"),
    Kind.SETTLEMENT: _("village"),
}
