"""Addresses of the register of statements."""

from django.urls import path

from qorgan.web.statements import views

app_name = "statements"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<uuid:statement_id>/", views.statement, name="statement"),
    path("<uuid:statement_id>/read/", views.read, name="read"),
    path("<uuid:statement_id>/correct/", views.correct, name="correct"),
    path("<uuid:statement_id>/publish/", views.publish, name="publish"),
    path("<uuid:statement_id>/withdraw/", views.withdraw, name="withdraw"),
]
