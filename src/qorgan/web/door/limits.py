"""How often one connection may send or try a code. Counted in memory under a keyed digest, and nowhere written."""

import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import Refused

WINDOW_SECONDS = 600
SENDINGS = 30  # a whole dormitory or a mobile operator may stand behind one address
TRIES = 15
ALL = "tell:all"


class TooOften(Refused):
    """More came from one connection than people send."""

    text = _("Too much was sent from this connection. Wait ten minutes, or call. What you wrote is still here.")
    status = 429


def count(request: HttpRequest, what: str, *, most: int) -> None:
    """Count one more from this connection, and from all. Raises TooOften."""
    key = _key(request, what)
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > most:
        raise TooOften
    if what == "tell":
        cache.add(ALL, 0, WINDOW_SECONDS)
        cache.incr(ALL)


def counted(request: HttpRequest, what: str) -> int:
    """How many came from this connection within the window."""
    return int(cache.get(_key(request, what), 0))


def _key(request: HttpRequest, what: str) -> str:
    told = hmac.digest(str(settings.SECRET_KEY).encode(), _address(request).encode(), "sha256").hex()
    return f"{what}:{told}"


def _address(request: HttpRequest) -> str:
    """Where the request comes from, by as many proxies as stand before the place."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
