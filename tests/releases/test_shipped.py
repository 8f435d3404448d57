"""The country in the box: the synthetic 2024 that comes with the program."""

import json

import pytest

from qorgan.base import country
from qorgan.releases import queries
from qorgan.releases.engine import verify

LARGEST = 3_000_000  # bytes: every clone carries it


def test_box_of_the_synthetic_2024_is_whole_small_and_signed_by_the_demonstration() -> None:
    (path,) = country.boxes()
    content = path.read_bytes()
    assert verify.verify(content) == []
    assert len(content) < LARGEST
    manifest = verify.opened(content).manifest
    assert (manifest["number"], manifest["country"], manifest["synthetic"]) == ("2024-1", "kz", True)


def test_box_says_the_figures_of_the_year_and_that_they_are_made_up() -> None:
    (release,) = queries.shipped()
    files = queries.opened(release).files
    national = {row["code"]: row["value"] for row in json.loads(files["tables/national.json"])}
    assert national["reports_registered"] == 100_000
    assert national["orders_issued"] == 72_000
    assert national["court_cases_decided"] == 16_000
    assert national["orders_breached"] is None  # the law planned no checks in 2024
    for language in ("kk", "ru", "en"):
        assert "Qorgan" in queries.text(release, language)["lead"]


def test_country_without_a_box_brings_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert queries.shipped() == ()
