"""Addresses of cases."""

from django.urls import path

from qorgan.web.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/account/", views.account, name="account"),
    path("<uuid:case_id>/person/", views.person, name="person"),
    path("<uuid:case_id>/close/", views.close, name="close"),
]
