"""The rules of contacts, for every moment and every word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.base import ids
from qorgan.base.errors import Refused
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Serving
from qorgan.reports.terms.contacts import BlockReason, Consent, Despite, Disposition

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WHO = ids.new()


@given(st.integers(min_value=0, max_value=120_000), st.sampled_from(Disposition))
def test_a_key_is_taken_back_for_five_seconds_and_the_way_of_the_request(passed: int, said: Disposition) -> None:
    def undo() -> None:
        now = NOW + timedelta(milliseconds=passed)
        rules.check_undo(disposition=said, disposed_at=NOW, disposed_by=WHO, has_report=False, who=WHO, now=now)

    if passed <= 7000:
        undo()
    else:
        with pytest.raises(rules.TooLateToUndo):
            undo()


@given(st.sampled_from(Disposition), st.sampled_from(BlockReason), st.integers(min_value=-10, max_value=400))
def test_a_block_is_for_what_happened_and_ends_within_days(said: Disposition, why: BlockReason, hours: int) -> None:
    allowed = said.value == why.value and 0 < hours <= 168
    try:
        rules.check_block(disposition=said, has_number=True, reason=why, until=NOW + timedelta(hours=hours), now=NOW)
    except Refused:
        assert not allowed
    else:
        assert allowed
        assert said is not Disposition.SILENT


@given(st.sampled_from(Serving), st.sampled_from(Consent), st.sampled_from(["", *Despite]))
def test_102_is_told_only_with_both_answers_and_against_her_word_only_with_a_reason(
    serving: Serving, consent: Consent, despite: str
) -> None:
    both = serving is not Serving.NOT_ASKED and consent is not Consent.NOT_ASKED
    allowed = both and (consent is not Consent.REFUSED or bool(despite))
    try:
        rules.check_alarm(serving=serving, consent=consent, despite=despite)
    except Refused:
        assert not allowed
    else:
        assert allowed
