"""The pages of staff as they are served, in which the page of a case breaks after it has opened a name.

Asked with `?break`, it raises what a careless line would raise: a message with the name in it, out of another error.
"""

from typing import Any

from qorgan.config.wsgi import application
from qorgan.web.cases import views

__all__ = ["application"]

_whole = views._whole


def _breaking(request: Any, held: Any, now: Any) -> dict[str, Any]:
    words = _whole(request, held, now)
    if "break" in request.GET:
        name = words["people"][0][1].name
        try:
            int(name)
        except ValueError as failure:
            raise KeyError(f"{name}: {words['accounts'][0].words}") from failure
    return words


views._whole = _breaking
