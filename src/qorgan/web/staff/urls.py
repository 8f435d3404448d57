"""Addresses of the administrator's pages."""

from django.urls import path

from qorgan.web.staff import channels, steps, views

app_name = "staff"

urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("channels/", channels.index, name="channels"),
    path("channels/new/", channels.new, name="new_channel"),
    path("channels/<uuid:channel_id>/<slug:what>/", channels.step, name="channel_step"),
    path("people/<str:login>/", views.person, name="person"),
    path("people/<str:login>/mandate/", views.mandate, name="mandate"),
    path("people/<str:login>/mandates/<uuid:mandate_id>/", steps.end_mandate, name="end_mandate"),
    path("people/<str:login>/<slug:what>/", steps.step, name="step"),
]
