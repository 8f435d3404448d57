"""Processes that answer no pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
