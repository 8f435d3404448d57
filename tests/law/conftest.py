"""The books of the two countries, read once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest

from qorgan.law.engine.book import LawBook
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.law.readers.country import read_book, read_calendar


@contextmanager
def country(code: str) -> Iterator[None]:
    before = os.environ.get("QORGAN_COUNTRY")
    os.environ["QORGAN_COUNTRY"] = code
    try:
        yield
    finally:
        if before is None:
            del os.environ["QORGAN_COUNTRY"]
        else:
            os.environ["QORGAN_COUNTRY"] = before


@pytest.fixture(scope="session")
def kz() -> LawBook:
    with country("kz"):
        return read_book()


@pytest.fixture(scope="session")
def zz() -> LawBook:
    with country("zz"):
        return read_book()


@pytest.fixture(scope="session")
def days() -> WorkCalendar:
    with country("kz"):
        return read_calendar()


@pytest.fixture(scope="session")
def zz_days() -> WorkCalendar:
    with country("zz"):
        return read_calendar()


@pytest.fixture(scope="session")
def almaty() -> ZoneInfo:
    return ZoneInfo("Asia/Almaty")
