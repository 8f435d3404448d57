"""Addresses of the figures for staff: the same pages, behind sign-in."""

from qorgan.web.access import staff_page
from qorgan.web.public.urls import addresses

app_name = "public"
urlpatterns = addresses(staff_page())
