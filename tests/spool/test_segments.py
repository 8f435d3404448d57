"""What lies on the disk while the database is away: whole, sealed from others, known again, and never half."""

import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from qorgan.base import spool
from qorgan.base.spool import Record, Shelf, segments

WHEN = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def record(number: int, *, said: int = 0, size: int = 300) -> Record:
    content = number.to_bytes(4, "big") * (size // 4)
    return Record("door", UUID(int=number), said.to_bytes(32, "big"), WHEN, b"beside", content)


def raised(failure: Exception) -> None:
    raise failure


def taken(shelf: Shelf) -> list[Record]:
    found: list[Record] = []
    shelf.carry(found.append, failed=raised)
    return found


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Two segments of a place."""
    made = Shelf(tmp_path / "spool" / "door", count=2)
    made.reserve()
    return made


def test_room_is_taken_beforehand_and_for_its_owner_alone(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "spool" / "door"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in shelf.paths():
        assert path.stat().st_size == segments.SIZE
        assert path.stat().st_blocks * 512 >= segments.SIZE
    assert len(shelf.paths()) == 2


def test_what_was_kept_is_carried_in_whole_and_once(shelf: Shelf) -> None:
    kept = [record(number, size=number * 400 + 4) for number in range(1, 30)]
    assert all(shelf.append(one) for one in kept)
    standing = shelf.standing()
    assert (standing.waiting, standing.free, standing.oldest) == (29, 1, WHEN)
    assert taken(shelf) == kept
    assert taken(shelf) == []
    assert (shelf.standing().waiting, shelf.standing().free) == (0, 2)


def test_a_repeat_is_kept_once_and_another_content_is_never_dropped(shelf: Shelf) -> None:
    assert shelf.append(record(1)) is True
    assert shelf.append(record(1)) is False
    with pytest.raises(spool.Other):
        shelf.append(record(1, said=7))
    assert taken(shelf) == [record(1)]


def test_reserving_again_leaves_what_lies_there(shelf: Shelf) -> None:
    shelf.append(record(1))
    shelf.reserve()
    assert taken(shelf) == [record(1)]


def test_a_record_torn_at_any_byte_is_none_and_the_next_takes_its_place(shelf: Shelf) -> None:
    first, torn, after = record(1), record(2), record(3, size=40)
    shelf.append(first)
    path = shelf.paths()[0]
    with segments.opened(path) as segment:
        assert segment is not None
        end = segment.heads()[-1].end
        turn = segment.turn()
    whole = torn.written(turn=turn, place=end)
    for cut in range(len(whole)):
        with path.open("r+b") as file:
            file.seek(end)
            file.write(whole[:cut] + bytes(len(whole) - cut))
        assert shelf.standing().waiting == 1, cut
    shelf.append(after)
    assert taken(shelf) == [first, after]
    assert shelf.standing().damaged == 0


def test_what_an_earlier_turn_left_behind_is_never_taken_for_a_record(shelf: Shelf) -> None:
    for number in range(1, 6):
        shelf.append(record(number))
    path = shelf.paths()[0]
    before = path.read_bytes()
    taken(shelf)
    with path.open("r+b") as file:  # as if the cut came before the old words were written over
        file.seek(segments.START)
        file.write(before[segments.START :])
    assert shelf.standing().waiting == 0
    shelf.append(record(9))
    assert taken(shelf) == [record(9)]


def test_a_damaged_record_is_counted_and_holds_up_no_other(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        shelf.append(record(number))
    path = shelf.paths()[0]
    with segments.opened(path) as segment:
        assert segment is not None
        second = segment.heads()[1]
    with path.open("r+b") as file:
        file.seek(second.end - 3)
        file.write(b"???")
    failures: list[Exception] = []
    found: list[Record] = []
    shelf.carry(found.append, failed=failures.append)
    assert found == [record(1), record(3)]
    assert [type(one) for one in failures] == [spool.Damaged]
    assert (shelf.standing().waiting, shelf.standing().damaged) == (3, 1)  # it stays, for someone who knows disks


def test_without_room_nothing_is_accepted_and_nothing_that_was_is_lost(shelf: Shelf) -> None:
    large = segments.SIZE // 2
    assert [shelf.append(record(number, size=large)) for number in (1, 2)] == [True, True]
    with pytest.raises(spool.Exhausted):
        shelf.append(record(3, size=large))
    assert shelf.append(record(4))  # a short one still has room
    assert {one.key.int for one in taken(shelf)} == {1, 2, 4}
    assert shelf.append(record(3, size=large))


def test_where_no_room_was_reserved_nothing_is_accepted(tmp_path: Path) -> None:
    with pytest.raises(spool.Exhausted):
        Shelf(tmp_path / "nowhere", count=2).append(record(1))


def test_what_was_refused_holds_up_no_other_and_is_taken_later(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        shelf.append(record(number))

    def take(one: Record) -> None:
        if one.key.int == 2:
            raise ValueError

    failures: list[Exception] = []
    assert shelf.carry(take, failed=failures.append) == 2
    assert len(failures) == 1
    assert 2 in {one.key.int for one in taken(shelf)}
    assert shelf.standing().waiting == 0


_WRITER = """
import sys
from pathlib import Path
from tests.spool.test_segments import Shelf, record
shelf = Shelf(Path(sys.argv[1]), count=2)
for number in range(int(sys.argv[2]), 100000):
    shelf.append(record(number, size=2000))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_a_writer_killed_at_any_moment_has_kept_all_that_it_acknowledged(tmp_path: Path) -> None:
    folder, said = tmp_path / "door", 0
    found: set[int] = set()
    shelf = Shelf(folder, count=2)
    shelf.reserve()
    for life in range(3):
        command = [sys.executable, "-c", _WRITER, str(folder), str(said + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
            assert writer.stdout is not None
            for _line in range(20 + 7 * life):
                said = int(writer.stdout.readline())
            os.kill(writer.pid, signal.SIGKILL)
            said = max([said, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
        assert shelf.standing().damaged == 0
        for one in taken(shelf):
            assert one == record(one.key.int, size=2000)
            found.add(one.key.int)
        assert found >= set(range(1, said + 1))
