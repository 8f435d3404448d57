"""Addresses of destroying."""

from django.urls import path

from qorgan.web.shredding import holds, views

app_name = "shredding"
urlpatterns = [
    path("", views.index, name="index"),
    path("case/<uuid:case_id>/", views.ask, name="ask"),
    path("forbidden/<uuid:case_id>/", holds.holds, name="holds"),
    path("forbidden/<uuid:hold_id>/allow/", holds.lift, name="lift"),
    path("<uuid:destruction_id>/", views.destruction, name="destruction"),
    path("<uuid:destruction_id>/confirm/", views.confirm, name="confirm"),
    path("<uuid:destruction_id>/decline/", views.decline, name="decline"),
    path("<uuid:destruction_id>/certificate/", views.certificate, name="certificate"),
    path("<uuid:destruction_id>/certificate.pdf", views.paper, name="paper"),
]
