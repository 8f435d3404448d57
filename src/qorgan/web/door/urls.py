"""Addresses of the web door: none says what is told there."""

from django.urls import path

from qorgan.web.door import child, views

app_name = "door"
urlpatterns = [
    path("", views.front, name="front"),
    path("language/", views.language, name="language"),
    path("new/", views.own, name="own"),
    path("near/", views.other, name="other"),
    path("q/<int:number>/", child.page, name="q"),
    path("sent/", views.sent, name="sent"),
    path("back/", views.back, name="back"),
    path("again/", views.again, name="again"),
    path("about/", views.about, name="about"),
    path("leave/", views.leave, name="leave"),
]
