"""Where the quick exit leads: one of the pages that the country names, never any other."""

from django.conf import settings

from qorgan.reports.queries import door as queries


def exit_url() -> str:
    """The page that `QORGAN_EXIT` names if it is among the country's, else the first of them; empty where none is."""
    known = queries.exits()
    return settings.EXIT if settings.EXIT in known else next(iter(known), "")
