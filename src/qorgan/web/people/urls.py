"""Addresses of the search for persons."""

from django.urls import path

from qorgan.web.people import pairs, views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:known_id>/", views.person, name="person"),
    path("<uuid:known_id>/part/", views.part, name="part"),
    path("pairs/", pairs.index, name="pairs"),
    path("pairs/<uuid:pair_id>/", pairs.pair, name="pair"),
    path("pairs/<uuid:pair_id>/refuse/", pairs.refuse, name="refuse"),
    path("pairs/<uuid:pair_id>/restore/", pairs.restore, name="restore"),
    path("sought/<uuid:sought_id>/", views.sought, name="sought"),
]
