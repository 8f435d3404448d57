"""Addresses of the law on record."""

from django.urls import path

from qorgan.web.law import views

app_name = "law"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:key>/", views.rule, name="rule"),
    path("<str:key>/enter/", views.enter, name="enter"),
    path("<str:key>/<uuid:value_id>/withdraw/", views.withdraw, name="withdraw"),
]
