"""What may be asked of facts."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import NotFound, Refused


class NothingToKeep(Refused):
    """Nothing was ever collected here."""

    text = _("No facts have been collected yet. `qorgan facts collect` collects them.")


class NoSnapshot(NotFound):
    """There is no snapshot to compute on."""

    text = _("There is no snapshot of facts here. `qorgan facts snapshot` takes one.")


class NotASnapshot(Refused):
    """The file is no snapshot of facts, or is not whole."""

    text = _("%(path)s is not a snapshot of facts.")


class NoAnalysis(Refused):
    """DuckDB is not installed."""

    text = _("This needs the extra “analysis” (DuckDB), which is not installed here.")
