"""Tells one story twice in a place, here and elsewhere, shuts one person out of the one here, and prints the addresses.

`python -m bench.soak_story`, in the environment of the place; it acts as the process of staff.
"""

import json
from dataclasses import replace

from qorgan.base.processes import Process
from qorgan.cli.start import begin

ASKER, TELLER, FAR = "juvenile", "inspector", "rudny"
ELSEWHERE = 3905
ADDRESSES = {
    "report": "/reports/{waiting}/",
    "case": "/cases/{case}/",
    "order": "/orders/{order}/",
    "court case": "/courts/{court_case}/",
    "offence": "/offences/{offence}/",
    "duty": "/duties/{duty}/",
    "order on paper": "/orders/{order}/paper.pdf",
    "search by number": "/cases/?number={number}",
}


def main() -> None:
    """Print the addresses by name: of the file shut to the asker, of one elsewhere, of one that never was."""
    begin(Process.STAFF)
    from django.db import transaction

    from qorgan.agencies import actions, queries
    from qorgan.agencies.models import Staff
    from qorgan.agencies.terms import BlockGround
    from qorgan.base import clock, ids
    from qorgan.base.scope import Actor, acting
    from qorgan.places import queries as places
    from tests.matrix.story import Story, told

    now = clock.now()

    def actor(login: str) -> Actor:
        return queries.actor_of(queries.mandates_of(Staff.objects.get(login=login), now=now).get())

    def addresses(story: Story) -> dict[str, str]:
        return {name: way.format(**story.ids, number=story.numbers["case"]) for name, way in ADDRESSES.items()}

    clerk = actor("clerk")
    there = replace(clerk, territory_id=ELSEWHERE, territories=places.expand((ELSEWHERE,)))
    with transaction.atomic():
        here = told(by=actor(TELLER), clerk=clerk, now=now)
    with transaction.atomic():
        far = told(by=actor(FAR), clerk=there, now=now)
    head = actor("head")
    with acting(head):
        for thread in here.threads:
            place = {"thread_id": thread, "territory_id": here.territory_id}
            actions.block(staff_id=actor(ASKER).staff, **place, ground=BlockGround.KIN, by=head, now=now)
    never = {name: way.format_map(_Never(ids.new)) for name, way in ADDRESSES.items()}
    print(json.dumps({"shut": addresses(here), "elsewhere": addresses(far), "never was": never}))


class _Never(dict[str, str]):
    """An id that no record bears, for every name."""

    def __init__(self, new: object) -> None:
        super().__init__()
        self.new = new

    def __missing__(self, name: str) -> str:
        return "ШЫМ-26-999999" if name == "number" else str(self.new())  # type: ignore[operator]  # the maker of ids


if __name__ == "__main__":
    main()
