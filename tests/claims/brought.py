"""Statements of the register, brought by the real actions; and a later release that says something else."""

import dataclasses
from datetime import date, datetime
from decimal import Decimal

import pytest

from qorgan.base.scope import Actor
from qorgan.claims import actions, queries
from qorgan.claims.actions import Said
from qorgan.claims.engine.known import Known
from qorgan.claims.models import Statement
from tests.conftest import actor

ORDERS = "2024 жылы 72 мың қорғау нұсқамасы берілді."
OPEN = "Число правонарушений сократилось на 6 %, в том числе убийств – на 29 %, краж – на 19 %."


def said(text: str = ORDERS, **more: object) -> Said:
    """What a person types."""
    given = {"language": "kk", "said_on": date(2025, 1, 20), "speaker": "Министрлік", "relay": "Газет", **more}
    return Said(text=text, **given)  # type: ignore[arg-type]  # names of its own fields


def statement(*, now: datetime, by: Actor | None = None, text: str = ORDERS, **more: object) -> Statement:
    """One in the register."""
    return actions.bring(said=said(text, **more), by=by or actor("ombudsman"), now=now)


def lengthened(*, by: Actor, now: datetime) -> None:
    """One more row of the list."""
    del by
    statement(now=now)


def later_data(monkeypatch: pytest.MonkeyPatch, *, orders: int) -> None:
    """A series is published anew with another number of orders for 2024, and its data have another version."""
    old = queries.known()

    def renewed() -> Known:
        series = tuple(
            dataclasses.replace(
                each,
                values=tuple(
                    dataclasses.replace(value, low=Decimal(orders), high=Decimal(orders), grain=Decimal(1))
                    if value.span.first.year == value.span.last.year == 2024 and value.territory == 1
                    else value
                    for value in each.values
                ),
            )
            if each.code in {"protective_orders", "orders_issued"}
            else each
            for each in old.series
        )
        return Known(series, old.publishers, f"new{orders}"[:12])

    monkeypatch.setattr(queries, "known", renewed)
