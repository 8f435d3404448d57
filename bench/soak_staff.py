"""Call-takers for the long run: `python -m bench.soak_staff COUNT`, in the environment of the place."""

import sys

from qorgan.base.processes import Process
from qorgan.cli.start import begin

LIKE = "calltaker"


def login(number: int) -> str:
    """Of the call-taker of this number."""
    return f"{LIKE}{number:02d}"


def main(count: int) -> None:
    """Each with a mandate like that of the invented call-taker, and the same password."""
    begin(Process.MIGRATOR)
    from django.db import transaction

    from qorgan.agencies.models import Mandate, Staff
    from qorgan.base import ids

    one = Staff.objects.get(login=LIKE)
    held = Mandate.objects.get(staff=one)
    staff = [
        Staff(id=ids.new(), login=login(number), names=one.names, ranks=one.ranks, password=one.password, language="en")
        for number in range(count)
    ]
    mandates = [
        Mandate(
            id=ids.new(),
            staff=each,
            agency=held.agency,
            role=held.role,
            territory=held.territory,
            purpose=held.purpose,
            valid_from=held.valid_from,
        )
        for each in staff
    ]
    with transaction.atomic():
        Staff.objects.bulk_create(staff)
        Mandate.objects.bulk_create(mandates)


if __name__ == "__main__":
    main(int(sys.argv[1]))
