"""Whether time tells someone shut out of a file that it is there: eight addresses, asked of a served process.

One person asks in turn, in random order, for what he is shut out of and for the same of another region, to which he
is a stranger; and, told beside it, for what never was. AUC is the chance that the first took longer than the second
(Mann-Whitney): 0.5 where time says nothing. `SOAK_PAIRS` (2000) says how many pairs each address is asked.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.parse
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from bench import soak_story
from bench.machine import described
from bench.place import PASSWORD, Place, made
from qorgan.cli.serve import answers, free_port

PAIRS = int(os.environ.get("SOAK_PAIRS", "2000"))
MOST = 0.55
RESAMPLES = 200
WARM = 30
WAYS = ("shut", "elsewhere", "never was")


class TimeTells(RuntimeError):
    """At some address the time of an answer tells that a file is there."""


def auc(first: Sequence[float], second: Sequence[float]) -> float:
    """The chance that one of `first` is greater than one of `second`, ties counted half."""
    held = sorted(second)
    wins = sum(bisect_left(held, one) + bisect_right(held, one) for one in first)
    return wins / (2 * len(first) * len(held))


def interval(pairs: Sequence[tuple[float, float]], *, chance: random.Random) -> tuple[float, float]:
    """Between what the AUC lies in 19 of 20 samples of as many pairs, drawn from these."""
    found = []
    for _sample in range(RESAMPLES):
        drawn = chance.choices(pairs, k=len(pairs))
        found.append(auc([one for one, _other in drawn], [other for _one, other in drawn]))
    found.sort()
    return found[RESAMPLES // 40], found[-1 - RESAMPLES // 40]


class Browser:
    """One connection that is kept, signed in."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {"lang": "en"}

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, bytes, float]:
        """Status, body, and seconds from the first byte sent to the last one read."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urllib.parse.urlencode(sent) if sent is not None else None
        if sent is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        where = urllib.parse.quote(path, safe="/?=&")
        begun = time.perf_counter()
        self.line.request("POST" if sent is not None else "GET", where, body, headers)
        answer = self.line.getresponse()
        read = answer.read()
        took = time.perf_counter() - begun
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, read, took

    def sign_in(self, login: str) -> None:
        """Come in by the form. Raises RuntimeError where the door stays shut."""
        page = self.ask("/sign-in/")[1].decode()
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        typed = {"csrfmiddlewaretoken": token, "login": login, "password": PASSWORD}
        if self.ask("/sign-in/", typed)[0] != 302:
            raise RuntimeError(f"{login} was not let in")


def run() -> list[str]:
    """A line for each address. Raises TimeTells, after all were asked, where an AUC lies outside 0.45 to 0.55."""
    with made() as place:
        command = [sys.executable, "-m", "bench.soak_story"]
        environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
        ways: dict[str, dict[str, str]] = json.loads(told)
        port = free_port(8300)
        server = _served(place, port)
        try:
            browser = Browser(port)
            browser.sign_in(soak_story.ASKER)
            return _measured(browser, ways)
        finally:
            server.terminate()
            server.wait(10)


def _served(place: Place, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "error", "qorgan.config.wsgi:application"]
    environment = place.environment | {"QORGAN_PROCESS": "staff", "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen(command, env=environment)
    if not answers(f"http://127.0.0.1:{port}/", within=60):
        raise RuntimeError("the server did not answer")
    return server


def _measured(browser: Browser, ways: dict[str, dict[str, str]]) -> list[str]:
    chance = random.Random(1)
    lines, failed = [described(), f"load {os.getloadavg()[0]:.1f}, {PAIRS} pairs at each address"], []
    for name in soak_story.ADDRESSES:
        times = _asked(browser, {way: ways[way][name] for way in WAYS}, chance=chance)
        pairs = list(zip(times["shut"], times["elsewhere"], strict=True))
        found, (low, high) = auc(times["shut"], times["elsewhere"]), interval(pairs, chance=chance)
        middle = " ".join(f"{way} {1000 * statistics.median(times[way]):.2f}" for way in WAYS)
        never = auc(times["shut"], times["never was"])
        lines.append(
            f"{name:17} AUC {found:.3f} ({low:.3f} to {high:.3f}), against what never was {never:.3f}; ms: {middle}"
        )
        print(lines[-1], flush=True)
        failed += [name] if not 1 - MOST <= found <= MOST or not 1 - MOST <= never <= MOST else []
    if failed:
        raise TimeTells(f"time tells at: {', '.join(failed)}")
    return lines


def _asked(browser: Browser, paths: dict[str, str], *, chance: random.Random) -> dict[str, list[float]]:
    """Seconds by way. Raises RuntimeError where the answers themselves differ."""
    order, times = list(paths), {way: [0.0] * 0 for way in paths}
    statuses: dict[str, Any] = {}
    for number in range(WARM + PAIRS):
        chance.shuffle(order)
        for way in order:
            statuses[way], _body, took = browser.ask(paths[way])
            if number >= WARM:
                times[way].append(took)
        if len(set(statuses.values())) != 1:
            raise RuntimeError(f"the answers differ: {statuses}")
    return times
