"""What a session is called on a page: browser and system, in two words. More would be a trace of a person."""

from django.http import HttpRequest

# What calls itself several things stands before what it also calls itself.
_BROWSERS = (
    ("YaBrowser", "Yandex"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def words(request: HttpRequest) -> str:
    """`Firefox, Linux`; empty where the browser says nothing that is known."""
    told = request.headers.get("User-Agent", "")
    found = (next((name for mark, name in table if mark in told), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)
