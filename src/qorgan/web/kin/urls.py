"""Addresses of declarations."""

from django.urls import path

from qorgan.web.kin import views

app_name = "kin"
urlpatterns = [path("", views.index, name="index"), path("<uuid:declaration_id>/end/", views.end, name="end")]
