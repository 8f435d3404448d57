"""The last line of a run: how many tests were skipped, and why. A plugin of pytest: `-p tests.conftest_summary`."""

from collections import Counter
from collections.abc import Iterator

import pytest

_SHOWN = 6


def reasons(skipped: list[pytest.TestReport]) -> Counter[str]:
    """How often each reason was given for skipping."""
    found: Counter[str] = Counter()
    for report in skipped:
        words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        found[words.removeprefix("Skipped: ").strip() or "no reason given"] += 1
    return found


def last_line(found: Counter[str], *, passed: int, failed: int) -> str:
    """One line that cannot be overlooked."""
    state = f"{passed} passed, {failed} failed"
    if not found:
        return f"{state}, 0 SKIPPED"
    shown = [f"{count} x {why}" for why, count in found.most_common(_SHOWN)]
    more = len(found) - _SHOWN
    if more > 0:
        shown.append(f"{more} more reasons (pytest -rs)")
    return f"{state}, {found.total()} SKIPPED: {'; '.join(shown)}"


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_unconfigure(config: pytest.Config) -> Iterator[None]:
    """Print after everything else, pytest's own totals included."""
    yield
    reporter = config.pluginmanager.get_plugin("terminalreporter") or config.stash.get(_REPORTER, None)
    if reporter is None or config.option.collectonly:
        return
    stats = reporter.stats
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    found = reasons(stats.get("skipped", []))
    print(last_line(found, passed=len(stats.get("passed", [])), failed=failed), flush=True)


_REPORTER = pytest.StashKey[pytest.TerminalReporter]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep the reporter: it may be gone when the last line is due."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        session.config.stash[_REPORTER] = reporter
