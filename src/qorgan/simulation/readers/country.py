"""The ground of the simulation and the ledger's borders, from the country's files."""

from datetime import tzinfo
from functools import cache
from pathlib import Path

from qorgan.base import country
from qorgan.law.readers.country import read_book, read_calendar
from qorgan.places.engine.zones import zone
from qorgan.simulation.engine import assumptions
from qorgan.simulation.engine.articles import Articles
from qorgan.simulation.engine.borders import Borders
from qorgan.simulation.engine.ground import Ground, districts

FOLDER = "simulation"


def ground() -> Ground:
    """The country as its files assume it. Raises assumptions.Faulty where it has none."""
    return _ground(country.folder())


@cache
def _ground(folder: Path) -> Ground:
    if not (folder / FOLDER).is_dir():
        raise assumptions.Faulty(f"No year can be simulated: {folder.name} has no folder {FOLDER}.")
    tables = (country.toml(f"{FOLDER}/{name}.toml") for name in ("year", "places", "offences", "words"))
    assumed = assumptions.read(*tables)
    about = country.toml("country.toml")
    language = next(iter(about["languages"]))
    files = about["files"]
    regions = {
        int(row["id"]): row[f"name_{language}"] for row in country.rows(files["regions"]) if row["kind"] != "country"
    }
    zones = {int(row["territory"]): zone(row["zone"]) for row in country.rows(files["zones"])}
    return Ground(
        assumptions=assumed,
        articles=articles(),
        districts=districts(
            country.rows(files["districts"]),
            regions=regions,
            zones={region: zones.get(region, zone(about["zone"])) for region in regions},
            assumed=assumed,
            language=language,
        ),
        book=read_book(),
        calendar=read_calendar(),
    )


def articles() -> Articles:
    """The country's articles."""
    table = country.toml("offences/articles.toml")
    return Articles(table["article"], {code: row["register"] for code, row in table["codes"].items()})


def clock() -> tzinfo:
    """The country's own clock."""
    return zone(country.toml("country.toml")["zone"])


def borders() -> Borders:
    """Which region a district lay in on a day, for the ledger."""
    files = country.toml("country.toml")["files"]
    return Borders(
        regions=country.rows(files["regions"]),
        districts=country.rows(files["districts"]),
        successions=country.rows(files["successions"]),
    )
