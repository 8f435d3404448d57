"""Ties the life of a child to its parent where the kernel can do so."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def kernel_can() -> bool:
    """Linux can; QORGAN_NO_PARENT_DEATH makes it behave as the systems that cannot, for tests."""
    return sys.platform == "linux" and not os.environ.get("QORGAN_NO_PARENT_DEATH")


_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Run in a child before it becomes the server: ask for a fast stop when the thread that made it ends.

    It has to run after the change of user, which would clear the request; subprocess keeps that order.
    """
    if _prctl is not None and kernel_can():
        _prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
