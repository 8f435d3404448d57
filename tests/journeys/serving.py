"""Pages that a journey is told on: the real processes, each of which may be killed and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qorgan.cli.demo import PASSWORD
from qorgan.cli.serve import answers, free_port
from tests.journeys.places import Place

LONGEST_WALK = 60  # fields between one and the next that a person would ever pass with Tab


class Served:
    """One process of a place at an address that it keeps."""

    def __init__(self, place: Place, part: str, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
        self._environment = kept | {"QORGAN_HOME": str(place.home), "QORGAN_COUNTRY": place.country}
        self._command = [sys.executable, "-m", "qorgan.cli.main", "serve", part, "--port", str(port)]
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._running = subprocess.Popen(self._command, env=self._environment, start_new_session=True)
        assert answers(self.address, within=60)

    def kill(self) -> None:
        """End it, and what works for it, as a power cut does."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait(20)

    def end(self) -> None:
        """End it as its service does."""
        self._running.terminate()
        self._running.wait(20)


@contextmanager
def served(place: Place, *parts: str, first: int) -> Iterator[list[Served]]:
    """Processes of a place, at free ports from the `first`."""
    running: list[Served] = []
    taken: list[int] = []
    try:
        for part in parts:
            taken.append(free_port(first, taken=taken))
            running.append(Served(place, part, taken[-1]))
        yield running
    finally:
        for one in running:
            one.end()


class Keyboard:
    """Someone who never touches a mouse. Keys are counted: a chord is as many keys as are held."""

    def __init__(self, browser: Any, staff: str, login: str) -> None:
        self.staff, self.count = staff, 0
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
        context.add_cookies([{"name": "lang", "value": "en", "url": staff}])
        self.page = context.new_page()
        self.page.goto(staff)
        for name, text in (("login", login), ("password", PASSWORD)):
            self.to(name)
            self.type(text)
        self.press("Enter")
        self.page.wait_for_selector("nav[aria-label=Sections]")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count += len(key.split("+"))

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.page.keyboard.type(text)
        self.count += len(text)

    def to(self, name: str) -> None:
        """Tab on until a field of that name has the focus."""
        for _step in range(LONGEST_WALK):
            if self.page.evaluate("document.activeElement.name || ''") == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached by Tab on {self.page.url}")

    def on(self, text: str, key: str = "Enter") -> None:
        """Tab on until a link, button or heading of a form that says `text` has the focus, and press a key on it."""
        for _step in range(LONGEST_WALK):
            if text in self.page.evaluate(
                "document.activeElement === document.body ? '' : document.activeElement.innerText || ''"
            ):
                self.press(key)
                return
            self.press("Tab")
        raise AssertionError(f"“{text}” is not reached by Tab on {self.page.url}")

    def open(self, path: str) -> Any:
        """Go to an address of the pages of staff; the page."""
        self.page.goto(self.staff + path)
        return self.page
