"""Addresses of entrusted files."""

from django.urls import path

from qorgan.web.entrusted import views

app_name = "entrusted"
urlpatterns = [
    path("", views.index, name="index"),
    path("leave/", views.leave, name="leave"),
    path("<uuid:admission_id>/enter/", views.enter, name="enter"),
]
