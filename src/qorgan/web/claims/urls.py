"""Addresses of the check of a text."""

from django.urls import path

from qorgan.web.claims import views

app_name = "claims"
urlpatterns = [path("", views.page, name="index")]
