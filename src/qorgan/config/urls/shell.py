"""Addresses that every kind of web process has."""

from django.urls import URLPattern, URLResolver, path

from qorgan.web import language, plain

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language.choose, name="language"),
    path("healthz", plain.health, name="health"),
    path("robots.txt", plain.robots, name="robots"),
    path("favicon.ico", plain.favicon, name="favicon"),
]

handler400 = "qorgan.web.errors.bad_request"
handler403 = "qorgan.web.errors.forbidden"
handler404 = "qorgan.web.errors.not_found"
handler500 = "qorgan.web.errors.broken"
