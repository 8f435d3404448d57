"""Numbers that people read aloud: `ШЫМ-26-004417`.

A number comes from a PostgreSQL sequence, so no two writers wait for one another; a number taken by a write that
was rolled back is not used again, and gaps therefore say nothing.
"""

from datetime import date

from django.db import connection

SERIES = ("report", "case", "order", "offence", "court", "decision")


def take(series: str, *, region: str, on: date) -> str:
    """The next number of a series (one of `SERIES`), with the region's short letters and the year."""
    if series not in SERIES:
        raise ValueError(f"no series of numbers called {series}")
    with connection.cursor() as cursor:
        cursor.execute(f"select nextval('qorgan_number_{series}')")
        value = cursor.fetchone()[0]
    return f"{region}-{on:%y}-{value:06d}"
