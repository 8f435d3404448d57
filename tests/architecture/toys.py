"""Models that break the house's rules, made in a registry of their own."""

from typing import Any

from django.apps.registry import Apps
from django.db import models

from qorgan.base.fields import DataClass
from qorgan.base.processes import Process

GOOD_DATA = {"id": DataClass.WORK}
GOOD_GRANTS = {Process.STAFF: "S"}


def toy(
    stage: str,
    name: str = "Toy",
    /,
    *,
    registry: Apps | None = None,
    meta: dict[str, Any] | None = None,
    **body: Any,
) -> type[models.Model]:
    """A model of a stage with the given fields; DATA and GRANTS are right unless given."""
    options = type("Meta", (), {"app_label": stage, "apps": registry or Apps(), **(meta or {})})
    fields = {key: value for key, value in body.items() if isinstance(value, models.Field)}
    attributes: dict[str, Any] = {
        "__module__": f"qorgan.{stage}.models",
        "Meta": options,
        "DATA": GOOD_DATA | dict.fromkeys(fields, DataClass.WORK),
        "GRANTS": GOOD_GRANTS,
        **body,
    }
    return type(name, (models.Model,), attributes)


def pointing(here: str, there: str, **how: Any) -> type[models.Model]:
    """A model of the stage `here` with a foreign key to a model of the stage `there`."""
    registry = Apps()
    target = toy(there, "Target", registry=registry)
    options: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"} | how
    return toy(here, "Pointing", registry=registry, target=models.ForeignKey(target, **options))
