"""What the database holds unique tells nobody of what is out of sight: someone shut out is answered as a stranger."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from qorgan.base.scope import acting
from qorgan.reports import actions as reports
from qorgan.reports.rules import SameNumberOtherContent
from tests import factories
from tests.matrix import cast
from tests.matrix.asking import undone
from tests.matrix.conftest import NOW, Scene
from tests.matrix.forms import moment

OUTSIDE = ("shut-district_inspector", "far-district_inspector")


@pytest.fixture(autouse=True)
def nothing_kept(scene: Scene) -> Iterator[None]:
    """Each test sees the story as it was told."""
    with undone():
        yield


def errors(response: HttpResponse) -> tuple[int, dict[str, Any]]:
    """Status, and what stands at which field."""
    told: Any = response
    return response.status_code, {name: list(said) for name, said in told.context["form"].errors.items()}


def typed(**changes: str) -> dict[str, str]:
    """An offence that stands alone, as a desk types it."""
    act = {"acted_on": "20.11.2026", "article": "109-1", "completion": "completed", "registered_at": moment(hours=-1)}
    rows = {"rows": "1", "p0-part": "suspect", "p0-sex": "male", "p0-age": "38"}
    return act | rows | {"token": "01930000-0000-7000-8000-00000000000a"} | changes


def test_a_number_of_the_register_is_taken_for_whoever_does_not_see_by_whom(scene: Scene) -> None:
    told = [
        errors(scene.browser(who).post("/offences/new/", typed(register_no=scene.story.numbers["register"])))
        for who in OUTSIDE
    ]
    assert told[0] == told[1]
    assert told[0][0] == 422
    assert scene.story.numbers["offence"] not in str(told).replace(
        scene.story.numbers["register"], ""
    )  # as it was typed


def test_an_offence_sent_with_the_id_of_one_out_of_sight_is_refused_alike(scene: Scene) -> None:
    taken = str(scene.story.ids["offence"])
    told = []
    for who in OUTSIDE:
        with undone():
            told.append(errors(scene.browser(who).post("/offences/new/", typed(token=taken))))
    assert told[0] == told[1]
    assert told[0][0] == 409 or told[0][0] == 422


def test_a_number_of_the_desk_is_taken_for_whoever_does_not_see_by_whom(scene: Scene) -> None:
    said = []
    for who in OUTSIDE:
        by = cast.of(who)
        again = factories.signal(at=NOW, kui_no=scene.story.numbers["desk"], narrative="басқа сөз")
        with acting(by), undone(), pytest.raises(SameNumberOtherContent) as refusal:
            reports.accept(signal=again, by=by, now=NOW)
        said.append(str(refusal.value))
    assert said[0] == said[1]


def test_a_file_of_the_desk_with_that_number_is_answered_alike(scene: Scene) -> None:
    rows = f"КУИ;Тіркелген уақыты;Мазмұны\r\n{scene.story.numbers['desk']};20.11.2026 10:00;басқа сөз\r\n"
    told = []
    for who in OUTSIDE:
        sent = SimpleUploadedFile("desk.csv", rows.encode())
        told.append(scene.browser(who).post("/reports/import/", {"file": sent}).context["result"])
    plain = [{name: value for name, value in vars(one).items() if name != "id"} for one in told]
    assert plain[0] == plain[1]


def test_the_same_words_again_are_no_answer_either(scene: Scene) -> None:
    """Whoever knows number, moment and words of a report, and is shut out of it, learns no more than a stranger."""
    kinds = []
    for who in OUTSIDE:
        by = cast.of(who)
        same = factories.signal(at=NOW - timedelta(hours=1), kui_no=scene.story.numbers["desk"])
        with acting(by), undone():
            try:
                reports.accept(signal=same, by=by, now=NOW)
                kinds.append("taken in")
            except SameNumberOtherContent as refusal:
                kinds.append(str(refusal))
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("address", ["orders/draft/{case}/", "cases/{case}/person/", "reports/{waiting}/open-case/"])
def test_what_may_be_there_once_only_is_refused_before_the_database_is_asked(scene: Scene, address: str) -> None:
    ids: dict[str, UUID] = scene.story.ids
    assert scene.browser(OUTSIDE[0]).post(f"/{address.format(**ids)}", {}).status_code == 404
