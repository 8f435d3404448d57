"""Addresses of emergencies."""

from django.urls import path

from qorgan.web.urgent import views

app_name = "urgent"
urlpatterns = [path("", views.index, name="index")]
