"""Addresses of the search for persons."""

from django.urls import path

from qorgan.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:known_id>/", views.person, name="person"),
    path("<uuid:known_id>/part/", views.part, name="part"),
    path("sought/<uuid:sought_id>/", views.sought, name="sought"),
]
