"""The one page there is until petitions open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Says honestly that nothing can be signed here yet."""
    return render(request, "petitions/index.html")
