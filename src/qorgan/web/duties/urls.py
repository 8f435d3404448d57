"""Addresses of duties."""

from django.urls import path

from qorgan.web.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.index, name="index"),
    path("duties/calendar.ics", views.ics, name="calendar"),
    path("duties/<uuid:duty_id>/", views.duty, name="duty"),
    path("duties/<slug:name>/", views.section, name="section"),
]
