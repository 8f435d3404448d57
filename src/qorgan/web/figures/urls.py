"""Addresses of the figures for staff: the statistics room, and the pages of the public behind sign-in."""

from django.urls import path

from qorgan.web.access import staff_page
from qorgan.web.figures import views
from qorgan.web.public.urls import addresses

app_name = "public"
urlpatterns = [
    path("", views.index, name="index"),
    path("build/", views.build, name="build"),
    path("asked/<uuid:request_id>/", views.asked, name="asked"),
    path("dates/", views.announce, name="announce"),
    path("releases/<slug:number>/", views.release, name="release"),
    path("room/<slug:number>/compare/", views.compare, name="compare"),
    path("room/<slug:number>/<slug:step>/", views.step, name="step"),
    *(one for one in addresses(staff_page(), front="latest/") if one.name != "release"),
]
