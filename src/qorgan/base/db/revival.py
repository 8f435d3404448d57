"""What a long-lived process does when the database refuses a connection: the embedded server is started again."""

from collections.abc import Callable

_reviver: Callable[[], bool] | None = None


def use(reviver: Callable[[], bool]) -> None:
    """Name the function that brings the server back; it answers whether a second try is worth it."""
    global _reviver  # noqa: PLW0603 - one server per process, set once at start
    _reviver = reviver


def revive() -> bool:
    """Bring the server back if this deployment has its own; False where the server is someone else's."""
    return _reviver() if _reviver else False
