"""Guards over models: what points where, what each field is, who may touch it, what the database itself holds."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from qorgan.base.fields import SEALED, DataClass, SealedField
from qorgan.base.processes import Process
from tests.architecture.guards import contracts

VERBS = set("SIUD")

# An open list, not scoped by place, and why: every other model with a territory is held back by row-level security.
PLACED_AND_OPEN: dict[str, str] = {
    "agencies.Agency": "which organisation answers for which territory is public; a transfer must find one elsewhere",
    "agencies.Mandate": "read at sign-in, before there is a scope, and only for the person who signs in",
    "agencies.Seal": "asked by the policies themselves, with the rights of whoever asks; says no name",
    "agencies.Block": "the same: asked by the policies themselves",
    "agencies.Opening": "asked for and reviewed from outside the place; its words are sealed, and it names no party",
    "agencies.Odd": "about a person of staff, judged by territory of service; no row of a record",
    "agencies.Admission": "the same; who is admitted from outside finds it before anything is in sight",
    "places.TerritoryName": "names of places are public",
    "places.TerritoryAlias": "names of places are public",
}

# Pairs that the database does not hold together, and why.
UNPAIRED: dict[str, str] = {
    "reports.Report.received": "a report that a machine handed in was received by nobody",
    "law.EnteredValue.entered": "an administrator's command line enters values too, and is nobody",
    "law.EnteredValue.withdrawn": "the same; that somebody withdrew it is never without its moment and reason",
    "agencies.Seal.sealed": "a record is also sealed by a machine that hands it in, which is nobody",
    "agencies.Invitation.made": "the machine's owner invites the first administrator, and is nobody",
    "agencies.Block.made": "a match at night makes blocks too, and is nobody",
    "files.Blob.made": "papers are also made by jobs, which are nobody",
    "messages.Outgoing.queued": "reminders are also queued by jobs, which are nobody",
}


def stage_of(model: type[models.Model]) -> str:
    """The room a model lives in; empty for a library's model."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "qorgan" else ""


def label(model: type[models.Model]) -> str:
    """`orders.Order`."""
    return f"{stage_of(model)}.{model.__name__}"


def floors() -> dict[str, int]:
    """Room -> floor, counted from the roof: a greater number lies lower."""
    return {room: number for number, floor in enumerate(contracts.order()) for room in floor}


def relations(model: type[models.Model]) -> "Iterator[models.ForeignKey[Any, Any]]":
    """The foreign keys of a model, one-to-one included."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            yield field


def _pointing(field: "models.ForeignKey[Any, Any]", height: dict[str, int]) -> Iterator[str]:
    target = field.remote_field.model
    here, there = stage_of(field.model), stage_of(target)
    where = f"{label(field.model)}.{field.name}"
    if not there:
        yield f"{where} points to a library's table: the library would decide about our rows"
    elif here != there and height[there] <= height[here]:
        yield f"{where} points up or sideways, to {there}"
    if field.remote_field.on_delete is not models.PROTECT:
        yield f"{where} does not PROTECT: deleting there would change rows here"
    if here != there and field.remote_field.related_name != "+":
        yield f"{where} leaves a way back from {there}: related_name must be '+'"
    if field.remote_field.related_query_name is not None:
        yield f"{where} has a related_query_name, which opens the way back again"


def pointing(given: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys point to the same or an earlier stage, PROTECT, and leave no way back across stages."""
    height = floors()
    return [fault for model in given for field in relations(model) for fault in _pointing(field, height)]


def many_to_many(given: Iterable[type[models.Model]]) -> list[str]:
    """No hidden tables: a relation between many has a model of its own, with its data classes and its rights."""
    return [
        f"{label(model)}.{field.name} makes a table that no model describes"
        for model in given
        for field in model._meta.many_to_many
    ]


def _classes(model: type[models.Model]) -> Iterator[str]:
    data = getattr(model, "DATA", None)
    if data is None:
        yield f"{label(model)} has no DATA"
        return
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name in sorted(fields.keys() - data.keys()):
        yield f"{label(model)}.{name} has no data class"
    for name in sorted(data.keys() - fields.keys()):
        yield f"{label(model)}.{name} has a data class and does not exist"
    for name in sorted(fields.keys() & data.keys()):
        if not isinstance(data[name], DataClass):
            yield f"{label(model)}.{name} has a data class that is none: {data[name]}"
        elif isinstance(fields[name], SealedField) != (data[name] in SEALED):
            yield f"{label(model)}.{name} is {data[name]}: sealed it must be exactly where the class says so"


def classes(given: Iterable[type[models.Model]]) -> list[str]:
    """Every concrete field has a data class, no class is without its field, and sealed classes are sealed."""
    return [fault for model in given for fault in _classes(model)]


def _grants(model: type[models.Model]) -> Iterator[str]:
    granted = getattr(model, "GRANTS", None)
    if not granted:
        yield f"{label(model)} has no GRANTS"
        return
    for process, verbs in granted.items():
        if not isinstance(process, Process) or not verbs or set(verbs) - VERBS or len(set(verbs)) < len(verbs):
            yield f"{label(model)} grants {verbs!r} to {process}"
        if process is Process.MIGRATOR:
            yield f"{label(model)} grants to the migrator, which owns it anyway and does no daily work"
        if getattr(model, "APPEND_ONLY", False) and set(verbs) & set("UD"):
            yield f"{label(model)} is append-only and lets {process} change rows"


def grants(given: Iterable[type[models.Model]]) -> list[str]:
    """Every model says which process may do what, in known letters; append-only means it."""
    return [fault for model in given for fault in _grants(model)]


def scoped(given: Iterable[type[models.Model]], open_: dict[str, str]) -> list[str]:
    """Rows that belong to a place are SCOPED by that column, or the reason why not is written down."""
    faults = []
    for model in given:
        columns = {field.name: field.column for field in model._meta.concrete_fields if hasattr(field, "column")}
        scope = getattr(model, "SCOPED", None)
        if scope is not None and scope not in columns.values():
            faults.append(f"{label(model)} is scoped by {scope}, which is no column of it")
        if "territory" in columns and scope is None and label(model) not in open_:
            faults.append(f"{label(model)} has a territory and is not SCOPED")
    known = {label(model): model for model in given}
    faults += [f"{name} is listed as open and is scoped" for name in open_ if hasattr(known.get(name), "SCOPED")]
    return faults


def _mentioned(condition: object) -> set[str]:
    """Field names in a condition, lookups cut off."""
    children = getattr(condition, "children", None)
    if children is not None:
        return {name for child in children for name in _mentioned(child)}
    return {str(condition[0]).split("__")[0]} if isinstance(condition, tuple) else set()


def paired(given: Iterable[type[models.Model]], unpaired: dict[str, str]) -> list[str]:
    """`x_at` and `x_by` are both there or both not: the database holds it, unless both can never be missing."""
    faults = []
    for model in given:
        fields = {field.name: field for field in model._meta.concrete_fields}
        rules = (rule for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint))
        checks = [_mentioned(rule.condition) for rule in rules]
        for name in sorted(fields):
            stem = name.removesuffix("_at")
            pair = {name, f"{stem}_by"}
            if stem == name or f"{stem}_by" not in fields or not any(fields[one].null for one in pair):
                continue
            if f"{label(model)}.{stem}" not in unpaired and not any(pair <= check for check in checks):
                faults.append(f"{label(model)}: nothing in the database holds {stem}_at and {stem}_by together")
    return faults
