"""Addresses of reviews."""

from django.urls import path

from qorgan.web.reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.index, name="index"),
    path("blocks/<uuid:block_id>/", views.block, name="block"),
    path("openings/<uuid:opening_id>/", views.opening, name="opening"),
    path("looks/<uuid:odd_id>/", views.look, name="look"),
]
