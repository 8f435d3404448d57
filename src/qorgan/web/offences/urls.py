"""Addresses of registered offences."""

from django.urls import path

from qorgan.web.offences import changes, views

app_name = "offences"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("case/<uuid:case_id>/", views.of_case, name="of_case"),
    path("report/<uuid:report_id>/", views.of_report, name="of_report"),
    path("<uuid:offence_id>/", views.offence, name="offence"),
    path("<uuid:offence_id>/correct/", changes.correct, name="correct"),
    path("<uuid:offence_id>/person/", changes.add_person, name="add_person"),
    path("<uuid:offence_id>/person/<int:person_id>/", changes.correct_person, name="person"),
    path("<uuid:offence_id>/person/<int:person_id>/withdraw/", changes.withdraw_person, name="withdraw"),
    path("<uuid:offence_id>/<slug:step>/", changes.decide, name="decide"),
]
