"""Addresses of duties."""

from django.urls import path

from qorgan.web.duties import escalations, feeds, views

app_name = "duties"
urlpatterns = [
    path("", views.index, name="index"),
    path("duties/calendar/", feeds.index, name="feed"),
    path("duties/calendar/withdraw/", feeds.withdraw, name="withdraw_feed"),
    path("duties/calendar.ics", feeds.download, name="calendar"),
    path("duties/feed/<str:address>.ics", feeds.read, name="fed"),
    path("duties/escalated/", escalations.index, name="escalated"),
    path("duties/escalated/<uuid:escalation_id>/", escalations.escalation, name="escalation"),
    path("duties/<uuid:duty_id>/", views.duty, name="duty"),
    path("duties/<slug:name>/", views.section, name="section"),
]
