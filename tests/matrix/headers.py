"""What every answer carries: exactly these headers, nothing inline, nothing from elsewhere, no cookie too many."""

import re

from django.http import HttpResponse

from qorgan.web.middleware import PERMISSIONS, POLICY
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.public.views import PICTURE_POLICY

EVERYWHERE = {
    "Content-Security-Policy": {POLICY},
    "Permissions-Policy": {PERMISSIONS},
    "Cross-Origin-Resource-Policy": {"same-origin"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "X-Content-Type-Options": {"nosniff"},
}
PRIVATE = {
    "Referrer-Policy": {"same-origin"},
    "Cache-Control": {
        "no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    },
    "X-Robots-Tag": {"noindex, nofollow"},
}
OPEN = {"Referrer-Policy": {"no-referrer"}}
# What an answer may carry beside them; any other header is one that nobody decided on.
BESIDE = {
    "Content-Type",
    "Content-Length",
    "Content-Language",
    "Content-Disposition",
    "Location",
    "Vary",
    "Allow",
    "Expires",
    "Cache-Control",
    "WWW-Authenticate",
    "X-Request-Id",
}
OWN = {"door:leave": {"Clear-Site-Data": {'"cache", "cookies", "storage"'}}}
OWN_POLICY = {
    "orders:paper": PAPER_POLICY,
    "risk:paper": PAPER_POLICY,
    "cases:said_paper": PAPER_POLICY,
    "figures:file": PICTURE_POLICY,
    "public:file": PICTURE_POLICY,
}
TYPES = {
    "text/html; charset=utf-8",
    "text/plain",
    "text/csv; charset=utf-8",
    "text/calendar; charset=utf-8",
    "application/json; charset=utf-8",
    "application/json",
    "application/pdf",
    "application/zip",
}
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*(?:src=|type=\"application/json\"))|javascript:|<base|<object|<embed"
    r"|<iframe|<meta http-equiv",
    re.IGNORECASE,
)
FETCHED = re.compile(r"<(?:script|img|link|source|use|image|video|audio)\b[^>]*?(?:src|href|srcset)=\"([^\"]+)\"", re.I)


def faults(answer: HttpResponse, *, address: str, private: bool, silent: bool = False) -> list[str]:
    """What an answer says that it should not, or does not say that it should."""
    wanted = EVERYWHERE | (PRIVATE if private else OPEN) | (OPEN if silent else {}) | OWN.get(address, {})
    if address in OWN_POLICY and answer.status_code == 200:
        wanted = wanted | {"Content-Security-Policy": {OWN_POLICY[address]}}
    told = dict(answer.headers.items())
    wrong = [f"{name}: {told.get(name)}" for name, allowed in wanted.items() if told.get(name) not in allowed]
    wrong += [f"{name} is none of ours" for name in told if name not in wanted and name not in BESIDE]
    kind = told.get("Content-Type", "")
    wrong += [f"type {kind}"] if kind not in TYPES and answer.status_code == 200 and answer.content else []
    if kind.startswith("text/html"):
        page = answer.content.decode()
        wrong += [f"inline: {found.group()!r}" for found in INLINE.finditer(page)]
        wrong += [f"fetched: {found}" for found in FETCHED.findall(page) if not found.startswith(("/", "#", "data:"))]
    return wrong


def cookies(answer: HttpResponse) -> list[str]:
    """Cookies that are not kept from scripts and other sites."""
    wrong = []
    for name, cookie in answer.cookies.items():
        kept = cookie["httponly"] or name == "csrftoken"  # read by the form's own token, worth nothing alone
        if not kept or cookie["samesite"] not in ("Lax", "Strict") or cookie["domain"]:
            wrong.append(f"{name}: {cookie.OutputString()}")
    return wrong
