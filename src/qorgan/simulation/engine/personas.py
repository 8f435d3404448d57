"""Made-up persons: names from the country's list, ages counted on the day of the act."""

from datetime import date, timedelta
from random import Random
from typing import Any

from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import Persona

FEMALE, MALE, UNKNOWN = "female", "male", "unknown"


def household(scene: Scene) -> Random:
    """The chance of the household: its own, or in some of a hundred that of an earlier thread of the district."""
    number = scene.number
    if number and happens(scene.chance, scene.section("repeats")["household"]):
        number = scene.chance.randrange(number)
    return thrown(scene.seed, scene.days.year, scene.district.id, "household", number)


def name(names: Any, chance: Random, *, sex: str, surname: str = "") -> str:
    """A full name of a woman or a man; of a family where a surname is given."""
    woman = sex == FEMALE
    written: str = names["woman" if woman else "man"].format(
        surname=surname or chance.choice(names["surnames"]),
        given=chance.choice(names["women" if woman else "men"]),
        father=chance.choice(names["fathers"]),
    )
    return written


def born(chance: Random, age: int, on: date) -> date:
    """A birth date at which a person is of so many full years on a day."""
    last = _years_before(on, age)
    return last - timedelta(days=chance.randrange((last - _years_before(on, age + 1)).days))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def phone(scene: Scene) -> str:
    """A number of a block in which nobody is reached; empty where nobody knew one."""
    if happens(scene.chance, scene.section("unknown")["phone"]):
        return ""
    parts = (scene.chance.randrange(1000), scene.chance.randrange(100), scene.chance.randrange(100))
    written: str = scene.words("phone").format(*parts)
    return written


def persona(scene: Scene, family: Random, *, sex: str, age: int | None, on: date, surname: str = "") -> Persona:
    """Someone of a household, of an age on a day. Whose age is not known has no birth date either."""
    birth = None
    if age is not None and not happens(scene.chance, scene.section("unknown")["birth_date"]):
        birth = born(scene.chance, age, on)
    return Persona(
        written=name(scene.words("names"), family, sex=sex, surname=surname),
        sex=sex,
        age=age,
        birth_date=birth,
    )
