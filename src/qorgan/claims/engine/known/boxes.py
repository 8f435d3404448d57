"""A release as series: each of its indicators that a text may speak of, for the country and by region, as published."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from qorgan.base import country
from qorgan.claims.engine.known import reading
from qorgan.claims.engine.known.series import Series, Span, Value
from qorgan.claims.engine.known.territories import COUNTRY
from qorgan.claims.engine.statement import Unit

_HIDDEN = "hidden"


def series(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[Series, ...]:
    """The series of a release; none where the country does not say by which words a text names an indicator."""
    if not reading.is_here():
        return ()
    known = country.toml(f"{reading.FOLDER}/indicators.toml")
    return tuple(
        _series(known[figure["code"]], figure, manifest, files)
        for figure in manifest["figures"]
        if figure["code"] in known and figure["value"] is not None
    )


def _series(
    given: Mapping[str, Any], figure: Mapping[str, Any], manifest: Mapping[str, Any], files: Mapping[str, bytes]
) -> Series:
    code = figure["code"]
    words = tomllib.loads(files[f"definitions/{code}.toml"].decode())["words"]
    return Series(
        code=code,
        name={language: each["name"] for language, each in words.items()},
        publisher="",
        counts=given["counts"],
        unit=Unit.COUNT,
        objects=reading.phrases(given["objects"], code),
        topics=tuple(reading.phrases(group, code) for group in given.get("topics", ())),
        unless=reading.phrases(given["unless"], code) if "unless" in given else None,
        is_made_up=manifest["synthetic"],
        release=manifest["number"],
        note={language: each["meaning"] for language, each in words.items()},
        values=(_value(Decimal(figure["value"]), COUNTRY, manifest), *_regions(code, manifest, files)),
    )


def _regions(code: str, manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Value]:
    for row in json.loads(files.get(f"tables/{code}.json", b"[]")):
        if row["status"] == _HIDDEN:
            yield _value(None, int(row["region"]), manifest)
        elif row[code] is not None:
            yield _value(Decimal(str(row[code])), int(row["region"]), manifest)


def _value(value: Decimal | None, territory: int, manifest: Mapping[str, Any]) -> Value:
    period = manifest["period"]
    return Value(
        span=Span(date.fromisoformat(period["first"]), date.fromisoformat(period["last"])),
        low=value,
        high=value,
        territory=territory,
        grain=Decimal(1),  # a release gives every count to its last one
        as_of=date.fromisoformat(manifest["as_of"][:10]),
        source=manifest["number"],
        confidence="F",
    )
