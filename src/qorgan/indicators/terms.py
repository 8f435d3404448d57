"""Words that a reader of figures meets."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.indicators.engine.definitions import Basis, Disclosure
from qorgan.indicators.engine.figures import WhyNone

WHY_NONE: dict[WhyNone, str | Promise] = {
    WhyNone.NOT_COLLECTED: _("no facts have been collected yet"),
    WhyNone.BEFORE_RECORDS: _("the period ends before the first record"),
    WhyNone.NOT_MEASURED: _("the law did not yet ask for what would be counted"),
    WhyNone.NOT_BEGUN: _("the period has not begun"),
    WhyNone.NO_REGION: _("the region did not exist in the period"),
    WhyNone.COUNTRY_ONLY: _("given for the whole country only"),
    WhyNone.NO_DENOMINATOR: _("there is nothing to divide by"),
    WhyNone.UNKNOWN: _("unknown in every record of the period"),
}

BASIS: dict[Basis, str | Promise] = {
    Basis.PERIOD: _("each record by its own date"),
    Basis.COHORT: _("what became of the records that began in the period"),
}

DISCLOSURE: dict[Disclosure, str | Promise] = {
    Disclosure.SMALL_COUNTS: _(
        "in tables by region, counts of 1 to 4 are hidden, with others so that none can be worked out"
    ),
    Disclosure.NEEDS_COUNTS: _("given for a region only where every count that it is made of is given"),
    Disclosure.NATIONAL_ONLY: _("for the country only"),
}
