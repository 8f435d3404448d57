"""Addresses of calls."""

from django.urls import path

from qorgan.web.calls import alarms, views

app_name = "calls"
urlpatterns = [
    path("", views.index, name="index"),
    path("take/", views.take, name="take"),
    path("<uuid:contact_id>/", views.contact, name="contact"),
    path("<uuid:contact_id>/number/", views.number, name="number"),
    path("<uuid:contact_id>/dispose/", views.dispose, name="dispose"),
    path("<uuid:contact_id>/undo/", views.undo, name="undo"),
    path("<uuid:contact_id>/draft/", views.draft, name="draft"),
    path("<uuid:contact_id>/complete/", views.complete, name="complete"),
    path("<uuid:contact_id>/block/", views.block, name="block"),
    path("<uuid:contact_id>/tell-102/", alarms.tell, name="tell"),
    path("<uuid:contact_id>/take-back/", alarms.take_back, name="take_back"),
]
