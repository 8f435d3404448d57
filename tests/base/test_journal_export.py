"""Whatever is done to an exported journal, verifying names the place; and needs nothing but the file."""

import hashlib
import io
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from qorgan.base import signing
from qorgan.base.journal import lines as form
from qorgan.base.journal import offline
from tests.base.exports import SIGNER, made

Lines = list[bytes]
Told = dict[str, object]
DAYS = (3, 2, 0, 4, 2)  # of March 2026, from the first; the third is without an entry, the last not over
SMALL = made(DAYS)
LONG = made((400, 0, 700, 300))  # more than are looked at together
OLDER = made((3, 0, 2), undated=3)
FORGER = signing.Signer(Ed25519PrivateKey.generate())


def verify(lines: Lines, **asked: object) -> Told:
    """The answer to a file of these lines, read again as a file is."""
    return offline.verify(io.BytesIO(b"".join(lines)), **asked)  # type: ignore[arg-type]  # handed on


def broken(lines: Lines, **asked: object) -> tuple[object, object, object]:
    """Where and why."""
    told = verify(lines, **asked)
    assert told["holds"] is False
    return told["broken_at"], told["broken_day"], told["reason"]


def line_of(number: int, lines: Lines) -> int:
    """The index of the line of an entry."""
    return next(place for place, line in enumerate(lines) if line.startswith(b"%012d" % number))


def head_of(day: str, lines: Lines) -> int:
    """The index of the line of a head."""
    return next(
        place for place, line in enumerate(lines) if line.startswith(b'head {"head":{"day":"%b"' % day.encode())
    )


@pytest.mark.parametrize(
    ("lines", "entries", "heads"),
    [
        (SMALL, 11, 4),
        (LONG, 1400, 3),
        (OLDER, 8, 3),
        (made((0,)), 0, 0),
        (made((5,)), 5, 0),
        (made((), undated=2), 2, 1),
    ],
)
def test_a_whole_export_holds(lines: Lines, entries: int, heads: int) -> None:
    told = verify(lines, trusted=[SIGNER.public.hex()])
    assert (told["holds"], told["entries"], told["heads"]) == (True, entries, heads)
    assert told["signed_by"] == [SIGNER.key_id]


def test_an_entry_stands_in_its_line_as_it_was_hashed() -> None:
    before, line = SMALL[1:3]
    assert line.startswith(b'000000000002 2026-03-01 {"at":"2026-03-01T04:05:06')
    hashed = hashlib.sha256(bytes.fromhex(before[-65:-1].decode()) + line[:-65])
    assert line[-65:] == hashed.hexdigest().encode() + b"\n"


@pytest.mark.parametrize("lines", [SMALL, OLDER])
@pytest.mark.parametrize("bit", [1, 32])
def test_one_changed_bit_anywhere_is_found_in_its_line(lines: Lines, bit: int) -> None:
    whole = b"".join(lines)
    survived = []
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= bit
        if offline.verify(io.BytesIO(changed))["holds"] is True:
            survived.append(place)
    assert survived == []


@pytest.mark.parametrize("number", [1, 300, 1001, 1400])
@pytest.mark.parametrize("place", [30, 100, -70, -30])
def test_an_edit_is_located_to_its_entry(number: int, place: int) -> None:
    lines, at = list(LONG), line_of(number, LONG)
    edited = bytearray(lines[at])
    edited[place] ^= 1
    lines[at] = bytes(edited)
    assert broken(lines) == (number, "", "changed")


def test_an_edit_with_its_digest_made_anew_is_found_at_the_next() -> None:
    lines, at = list(LONG), line_of(600, LONG)
    touched = lines[at].replace(b'"purpose":"duty"', b'"purpose":"none"')
    before = bytes.fromhex(lines[at - 1][-form.TAIL : -1].decode())
    covered = touched[: -form.TAIL]
    lines[at] = b"%b%b\n" % (covered, offline.chain.link(before, covered).hex().encode())
    assert broken(lines) == (601, "", "changed")


@pytest.mark.parametrize("number", [1, 2, 300, 401, 1101, 1399])
def test_a_line_taken_out_is_located(number: int) -> None:
    lines = list(LONG)
    del lines[line_of(number, lines)]
    assert broken(lines) == (number, "", "missing")


def test_a_line_put_in_twice_is_located() -> None:
    lines = list(LONG)
    lines.insert(line_of(600, lines), lines[line_of(600, lines)])
    assert broken(lines) == (601, "", "missing")


@pytest.mark.parametrize(("one", "other"), [(1, 2), (700, 701), (400, 401), (2, 1400)])
def test_two_lines_that_changed_places_are_located(one: int, other: int) -> None:
    lines = list(LONG)
    first, second = line_of(one, lines), line_of(other, lines)
    lines[first], lines[second] = lines[second], lines[first]
    assert broken(lines)[::2] == (one, "missing")


@pytest.mark.parametrize("left", [0, 1, 2, 5, len(SMALL) - 1])
def test_an_end_cut_off_is_found(left: int) -> None:
    entries = sum(line[:1].isdigit() for line in SMALL[:left])
    assert broken(SMALL[:left])[::2] == (entries + 1, "end" if left else "unreadable")


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_some_last_bytes_cut_off_are_found(cut: int) -> None:
    whole = b"".join(SMALL)[:-cut]
    assert offline.verify(io.BytesIO(whole))["reason"] == "unreadable"


def test_the_end_of_another_export_does_not_end_this_one() -> None:
    shorter = made((3, 2, 0, 4, 1))
    assert broken([*SMALL[: line_of(11, SMALL)], SMALL[-1]])[::2] == (11, "end")
    assert broken([*SMALL[:-1], shorter[-1]])[::2] == (12, "end")
    assert verify(shorter)["holds"] is True  # an earlier export is whole in itself: who kept a later head knows


def test_a_day_taken_out_with_its_head_is_located() -> None:
    lines = [line for line in SMALL if line[13:23] != b"2026-03-02" and b'"day":"2026-03-02"' not in line]
    assert broken(lines) == (3, "2026-03-02", "no head")
    at = head_of("2026-03-03", lines)
    assert broken([*lines[:at], *lines[at + 1 :]]) == (4, "", "missing")


@pytest.mark.parametrize(
    ("day", "number"), [("2026-03-01", 4), ("2026-03-02", 5), ("2026-03-03", 6), ("2026-03-04", 10)]
)
def test_a_missing_head_is_named_by_its_day_also_of_a_day_without_entries(day: str, number: int) -> None:
    lines = list(SMALL)
    del lines[head_of(day, lines)]
    assert broken(lines) == (number, day, "no head")


def test_a_head_twice_or_before_its_day_is_over_is_located() -> None:
    at = head_of("2026-03-02", SMALL)
    assert broken([*SMALL[:at], SMALL[at], *SMALL[at:]]) == (5, "2026-03-02", "head")
    early = [*SMALL[: at - 1], SMALL[at], SMALL[at - 1], *SMALL[at + 1 :]]
    assert broken(early) == (5, "2026-03-02", "head")


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        (5, b"2026-03-01", (5, "2026-03-01", "day")),
        (5, b"2026-03-03", (5, "2026-03-02", "no head")),
        (7, b"2026-03-05", (7, "2026-03-04", "no head")),
        (1, b"2026-03-02", (1, "", "changed")),
        (2, b"----------", (2, "", "changed")),
        (2, b"2026-W10-1", (2, "", "changed")),
    ],
)
def test_a_changed_day_is_located(number: int, day: bytes, expected: tuple[object, ...]) -> None:
    lines, at = list(SMALL), line_of(number, SMALL)
    lines[at] = lines[at][:13] + day + lines[at][23:]
    assert broken(lines) == expected


@pytest.mark.parametrize(("written", "reason"), [(b"000000000005", "missing"), (b"00000000004x", "unreadable")])
def test_a_changed_number_is_located(written: bytes, reason: str) -> None:
    lines, at = list(SMALL), line_of(4, SMALL)
    lines[at] = written + lines[at][12:]
    assert broken(lines) == (4, "", reason)


def test_heads_by_another_key_are_found_by_whoever_knows_the_right_one() -> None:
    forged = made(DAYS, signer=FORGER)
    assert verify(forged)["signed_by"] == [FORGER.key_id]  # whose key it is must be asked apart
    assert broken(forged, trusted=[SIGNER.public.hex()]) == (3, "2026-03-01", "head")
    at = head_of("2026-03-04", SMALL)
    mixed = [*SMALL[:at], forged[at], *SMALL[at + 1 :]]
    assert broken(mixed, trusted=[SIGNER.public.hex()]) == (9, "2026-03-04", "head")


def test_a_signature_for_another_purpose_signs_no_head() -> None:
    at = head_of("2026-03-02", SMALL)
    line = SMALL[at]
    _word, claim, _signature = form.read_signed(line)
    other = SIGNER.sign(signing.canonical(claim), purpose=form.DAY_BEGUN).as_dict()
    lines = [*SMALL[:at], form.signed(form.HEAD, claim, other), *SMALL[at + 1 :]]
    assert broken(lines) == (5, "2026-03-02", "head")


@pytest.mark.parametrize(
    "mangle",
    [
        lambda lines: lines[1:],
        lambda lines: [*lines, lines[1]],
        lambda lines: [*lines, b"\n"],
        lambda lines: [*lines[:3], b"\n", *lines[3:]],
        lambda lines: [*lines[:-1], b'end {"end": 1}\n'],
        lambda lines: [*lines[:-1], b"head []\n"],
        lambda lines: [*lines[:-1], b"tail {}\n"],
        lambda lines: [lines[0], lines[-1]],
        lambda _lines: [b"not a journal\n"],
        lambda _lines: [],
    ],
)
def test_an_export_with_lines_put_in_or_out_does_not_hold(mangle: Callable[[Lines], Lines]) -> None:
    assert verify(mangle(SMALL))["holds"] is False


def test_a_file_of_the_older_form_is_told_apart() -> None:
    with pytest.raises(ValueError, match="of the older form"):
        offline.verify(io.BytesIO(b'{"digest": "00", "entry": {}, "number": 1}\n'))


@pytest.mark.parametrize("put", [b'{"digest"', b'{"digest": "00"}\n', b"{" * 100_000])
def test_a_file_that_only_begins_like_the_older_form_is_a_changed_one(put: bytes) -> None:
    told = offline.verify(io.BytesIO(put + b"".join(SMALL)))
    assert told["holds"] is False and told["broken_at"] == 1


def test_a_kept_head_is_found_where_it_stands_and_missed_where_the_end_was_cut_off() -> None:
    head, end = SMALL[head_of("2026-03-04", SMALL)].decode(), SMALL[-1].decode()
    digest = SMALL[line_of(9, SMALL)][-form.TAIL : -1].decode()
    cut = made((3, 2, 0, 1))
    for said, number in ((head, 9), (head.removeprefix("head "), 9), (digest, 7), (end, 11)):
        kept = offline.kept(said)
        assert verify(SMALL, keep=[kept])["holds"] is True
        assert broken(cut, keep=[kept])[::2] == (number, "kept")


def test_a_head_that_was_kept_of_a_long_journal_is_found_wherever_it_lies() -> None:
    digests = [line[-form.TAIL : -1].decode() for line in LONG if line[:1].isdigit()]
    kept = [offline.Kept(bytes.fromhex(digest), number) for number, digest in enumerate(digests, 1)]
    assert verify(LONG, keep=kept)["holds"] is True
    assert broken(LONG, keep=[offline.Kept(kept[5].digest, 7)]) == (7, "", "kept")


@pytest.mark.parametrize("said", ["", "abc", "x" * 64, "{}", '{"head": 1}', '{"head": {}, "signature": {}}', "[]"])
def test_what_is_no_kept_head_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="A kept head is"):
        offline.kept(said)


def test_a_kept_head_signed_by_another_key_is_refused() -> None:
    line = made(DAYS, signer=FORGER)[-1].decode()
    assert offline.kept(line).number == 11
    with pytest.raises(ValueError, match="not the one to trust"):
        offline.kept(line, trusted=[SIGNER.public.hex()])


@given(st.data())
def test_no_rearranging_of_lines_survives(data: st.DataObject) -> None:
    """Lines in another order, some left out, some twice: whatever differs from the original does not hold."""
    places = data.draw(st.lists(st.integers(0, len(OLDER) - 1), max_size=len(OLDER) + 2))
    assert (verify([OLDER[place] for place in places])["holds"] is True) == (places == list(range(len(OLDER))))


@given(st.data())
def test_no_change_of_some_bytes_survives_and_it_is_found_at_or_right_after_its_line(data: st.DataObject) -> None:
    whole = b"".join(LONG)
    start = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 50))
    put = data.draw(st.binary(max_size=50))
    changed = whole[:start] + put + whole[start + length :]
    told = offline.verify(io.BytesIO(changed))
    assert (told["holds"] is True) == (changed == whole)
    if changed != whole:
        before = sum(line[:1].isdigit() for line in whole[:start].splitlines(keepends=True))
        assert abs(int(str(told["broken_at"])) - before) <= 1


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(0, 3))
def test_what_the_sealer_may_make_always_holds(days: list[int], undated: int) -> None:
    if days and not days[0]:
        days[0] = 1  # days begin with the first entry
    assert verify(made(days, undated=undated))["holds"] is True
