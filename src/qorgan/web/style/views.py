"""The page of the look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qorgan.base import clock
from qorgan.web.style import samples

TOKENS = (
    "ground",
    "surface",
    "sunken",
    "lake",
    "late",
    "due",
    "done",
    "sealed",
)


def index(request: HttpRequest) -> HttpResponse:
    """Every component with its name and its use, in the density asked for: `?density=public`, else of staff."""
    now = clock.now()
    density = "public" if request.GET.get("density") == "public" else "staff"
    words = {
        "density": density,
        "tokens": TOKENS,
        "now": now,
        "good": samples.good_form(),
        "bad": samples.bad_form(),
        "rows": samples.rows(now),
        "order": samples.order(now),
        "map": samples.sample_map(),
        "icons": ("late", "due", "done", "plan", "seal", "eye", "no", "ask", "go", "apart", "paper", "info"),
    }
    return render(request, "style/index.html", words)
