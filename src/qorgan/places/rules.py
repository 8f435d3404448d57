"""Why places are refused."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused


class NotTheOfficialTable(BadInput):
    """The file offered is not the official table of places."""

    text = _("%(file)s is not the official table of places: %(why)s.")


class ClocksWouldBeWrong(Refused):
    """The installed time zone data contradict what the country states."""

    text = _("The installed time zone data are wrong for this country: %(why)s.")


class PlacesContradict(Refused):
    """The country's own files of places contradict themselves."""

    text = _("The country's files of places contradict themselves: %(why)s.")
