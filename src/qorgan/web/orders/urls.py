"""Addresses of protective orders."""

from django.urls import path

from qorgan.web.orders import breaches, changes, views

app_name = "orders"
urlpatterns = [
    path("", views.index, name="index"),
    path("draft/<uuid:case_id>/", views.draft, name="draft"),
    path("<uuid:order_id>/", views.order, name="order"),
    path("<uuid:order_id>/issue/", views.issue, name="issue"),
    path("<uuid:order_id>/serve/", views.serve, name="serve"),
    path("<uuid:order_id>/check/<int:step>/", views.check, name="check"),
    path("<uuid:order_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:order_id>/annul/", changes.annul, name="annul"),
    path("<uuid:order_id>/vary/", changes.vary, name="vary"),
    path("<uuid:order_id>/appeal/", changes.appeal, name="appeal"),
    path("<uuid:order_id>/appeal/outcome/", changes.outcome, name="outcome"),
    path("<uuid:order_id>/correct/", changes.correct, name="correct"),
    path("<uuid:order_id>/breach/", breaches.note, name="note"),
    path("called/<uuid:report_id>/", breaches.called, name="called"),
    path("breach/<uuid:breach_id>/", breaches.breach, name="breach"),
    path("breach/<uuid:breach_id>/follow/", breaches.follow, name="follow"),
    path("breach/<uuid:breach_id>/join/", breaches.join, name="join"),
    path("<uuid:order_id>/paper.pdf", views.paper, name="paper"),
]
