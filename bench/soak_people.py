"""Who comes in the long run: a call-taker and a visitor of the web door, each a thread with a browser of its own."""

import http.client
import re
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

CONTACT, AUTOSAVE, PAGE = 90.0, 5.0, 10.0  # seconds: a contact each, a draft kept each, a page each
_TIRED = 60.0  # seconds after which a browser gives up on an answer
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_PAGES = ("/", "/about/", "/new/", "/near/", "/q/1/")


@dataclass
class Seen:
    """What all of them met: the time of every answer, what did not answer, what was acknowledged to whom."""

    times: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))  # begun, seconds
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    acknowledged: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, begun: float, status: int) -> None:
        """An answer, or its absence (status 0)."""
        with self.lock:
            self.times[what].append((begun, time.monotonic() - begun))
            if status == 0 or status >= 500:
                self.refused[what] += 1

    def ack(self, what: str) -> None:
        """Something was acknowledged."""
        with self.lock:
            self.acknowledged[what] += 1


@dataclass(frozen=True)
class Page:
    """An answer; status 0 where there was none."""

    status: int
    text: str = ""

    def value(self, name: str) -> str:
        """What a hidden field of the page holds; empty where it has none."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found.group(1) if found else ""


class Browser:
    """Keeps cookies and one line open, from an address of its own."""

    def __init__(self, *, port: int, address: str, seen: Seen) -> None:
        self.seen, self.cookies = seen, {"lang": "en"}
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIRED, source_address=(address, 0))

    def ask(self, what: str, path: str, sent: dict[str, str] | None = None, *, htmx: bool = False) -> Page:
        """One request; `what` names it among the times."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if htmx:
            headers["HX-Request"] = "true"
        begun = time.monotonic()
        try:
            self.line.request("GET" if sent is None else "POST", path, sent and urlencode(sent), headers)
            came = self.line.getresponse()
            page = Page(came.status, came.read().decode())
        except (OSError, http.client.HTTPException):
            self.line.close()
            page = Page(0)
        else:
            for one in came.headers.get_all("Set-Cookie") or []:
                name, _equals, value = one.partition(";")[0].partition("=")
                self.cookies[name] = value
        self.seen.note(what, begun, page.status)
        return page

    def until(self, good: int, what: str, path: str, sent: dict[str, str] | None = None) -> Page:
        """The same again, a second apart, until it is answered as it has to be; a person would not give up sooner."""
        while (page := self.ask(what, path, sent)).status != good:
            if 400 <= page.status < 500:
                return page
            time.sleep(1)
        return page


class Taker(threading.Thread):
    """Takes a call each ninety seconds, and has what she types kept each five."""

    def __init__(self, browser: Browser, *, number: int, begin: float, end: float) -> None:
        super().__init__(daemon=True)
        self.browser, self.number = browser, number
        self.next, self.end = begin + Random(number).random() * CONTACT, end

    def sign_in(self, login: str, password: str) -> None:
        """Before the clock runs."""
        page = self.browser.ask("sign in", "/sign-in/")
        sent = {"csrfmiddlewaretoken": page.value("csrfmiddlewaretoken"), "login": login, "password": password}
        if self.browser.ask("sign in", "/sign-in/", sent).status not in (302, 303):
            raise RuntimeError(f"{login} could not sign in")

    def run(self) -> None:
        """Contacts one after another until the time is over; the last one is brought to its end."""
        while self.next < self.end:
            time.sleep(max(0.0, self.next - time.monotonic()))
            self.next += CONTACT
            self._contact()

    def _contact(self) -> None:
        begun = time.monotonic()
        calls = self.browser.until(200, "list of calls", "/calls/")
        token, name = calls.value("csrfmiddlewaretoken"), calls.value("contact_id")
        taken = {
            "csrfmiddlewaretoken": token,
            "contact_id": name,
            "number": f"8701{self.number:03d}{int(begun) % 10000:04d}",
        }
        self.browser.until(303, "take a call", "/calls/take/", taken)
        page = self.browser.until(200, "call screen", f"/calls/{name}/")
        told = {"csrfmiddlewaretoken": page.value("csrfmiddlewaretoken"), "seen": page.value("seen")}
        told |= {"talk": "yes", "serving": "no", "where": "gone", "narrative": "", "written": "Сейілова Гүлмира"}
        told |= {"birth_year": "1991", "address": "Шымкент", "topic": "violence/physical", "consent": "agreed"}
        self.browser.until(303, "say what it is", f"/calls/{name}/dispose/", told | {"disposition": "self"})
        for saving in range(1, int((CONTACT - 15) / AUTOSAVE)):
            time.sleep(max(0.0, begun + saving * AUTOSAVE - time.monotonic()))
            told["narrative"] += f"Ол {saving} рет айтты, есік сынған, балалар бөлмеде. "
            told["seen"] = self._kept(name, told)
        page = self.browser.until(303, "complete", f"/calls/{name}/complete/", told)
        if page.status == 409:  # a draft was kept whose answer never came: the page shows it, she completes again
            told["seen"] = self.browser.until(200, "call screen", f"/calls/{name}/").value("seen")
            page = self.browser.until(303, "complete", f"/calls/{name}/complete/", told)
        self.browser.seen.ack("contacts" if page.status == 303 else f"contacts refused with {page.status}")

    def _kept(self, name: str, told: dict[str, str]) -> str:
        saved = self.browser.ask("keep a draft", f"/calls/{name}/draft/", told, htmx=True)
        if saved.status == 200 and "alert" in saved.text:
            return self.browser.until(200, "call screen", f"/calls/{name}/").value("seen") or told["seen"]
        return saved.value("seen") or told["seen"]


class Visitor(threading.Thread):
    """Opens a page each ten seconds, and once in the run tells something."""

    def __init__(self, browser: Browser, *, number: int, begin: float, end: float) -> None:
        super().__init__(daemon=True)
        self.browser, dice = browser, Random(1000 + number)
        self.next, self.end = begin + dice.random() * PAGE, end
        self.tells_at = begin + dice.random() * (end - begin - 3 * PAGE)
        self.page, self.has_told = dice.randrange(len(_PAGES)), False

    def run(self) -> None:
        """Pages one after another until the time is over."""
        while self.next < self.end:
            time.sleep(max(0.0, self.next - time.monotonic()))
            self.next += PAGE
            if not self.has_told and time.monotonic() > self.tells_at:
                self.has_told = True
                self._tell()
            else:
                self.page = (self.page + 1) % len(_PAGES)
                self.browser.ask("page of the door", _PAGES[self.page])

    def _tell(self) -> None:
        form = self.browser.until(200, "page of the door", "/new/")
        time.sleep(max(0.0, self.next - time.monotonic()))
        self.next += PAGE
        sent = {
            "token": form.value("token"),
            "serving": "no",
            "narrative": "Ол тағы келді, есікті сындырды",
            "region": "79",
        }
        sent |= {"place": "", "suspect": "", "reach": ""}
        page = self.browser.until(303, "tell at the door", "/new/", sent)
        if page.status == 422:
            numbers = [_NUMBERS[one] for one in re.findall(r"\b(one|two|three|four)\b", _asked(page.text))]
            sent |= {"token": page.value("token"), "sum": str(sum(numbers)), "site": ""}
            page = self.browser.until(303, "tell at the door", "/new/", sent)
        self.browser.seen.ack("tellings" if page.status == 303 else f"tellings refused with {page.status}")
        self.browser.ask("page of the door", "/sent/")


def _asked(page: str) -> str:
    """The sentence that asks for the sum."""
    found = re.search(r"How much is (.*?)\?", page)
    return found.group(1) if found else ""
