"""Addresses of the check of a text, and of the statements that were checked and published."""

from django.urls import path

from qorgan.web.claims import register, views

app_name = "claims"
urlpatterns = [
    path("", views.page, name="index"),
    path("statements/", register.index, name="statements"),
    path("statements/<uuid:statement_id>/", register.statement, name="statement"),
]
