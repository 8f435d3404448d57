"""What a person is told whose page was overtaken: who wrote, and when."""

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies import queries as agencies
from qorgan.base import words
from qorgan.base.errors import ChangedMeanwhile
from qorgan.places import queries as places


def sentence(request: HttpRequest, error: ChangedMeanwhile) -> str:
    """The sentence with the name and rank of who wrote, and the moment on the clock of the reader's place."""
    mandate, actor = getattr(request, "mandate", None), getattr(request, "actor", None)
    if error.at is None or mandate is None or actor is None:
        return str(error)
    language = get_language() or ""
    told = {"when": words.moment(error.at, places.zone(mandate.territory_id), language)}
    if error.by is not None and error.by == actor.staff_id:
        return _("You changed this yourself in another window (%(when)s); nothing was written from here.") % told
    told["who"] = agencies.staff_names([error.by], language=language).get(error.by, "") if error.by else ""
    if not told["who"]:
        return _("While you had this open, it was changed (%(when)s); nothing of yours was written.") % told
    return _("While you had this open, %(who)s changed it (%(when)s); nothing of yours was written.") % told
