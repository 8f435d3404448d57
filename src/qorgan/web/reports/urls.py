"""Addresses of reports."""

from django.urls import path

from qorgan.web.reports import answers, triage, views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("import/", views.import_file, name="import"),
    path("import/<uuid:import_id>/refused.csv", views.refused_rows, name="refused"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/whole/", views.reveal, name="reveal"),
    path("<uuid:report_id>/open-case/", views.open_case, name="open_case"),
    path("<uuid:report_id>/triage/", triage.triage, name="triage"),
    path("<uuid:report_id>/write-off/", triage.way, {"name": "write_off"}, name="write_off"),
    path("<uuid:report_id>/forward/", triage.way, {"name": "forward"}, name="forward"),
    path("<uuid:report_id>/join/", triage.way, {"name": "join"}, name="join"),
    path("<uuid:report_id>/take-back/", triage.way, {"name": "take_back"}, name="take_back"),
    path("<uuid:report_id>/accept/", triage.accept, name="accept"),
    path("<uuid:report_id>/send-back/", triage.way, {"name": "send_back"}, name="send_back"),
    path("<uuid:report_id>/answer/", answers.answer, name="answer"),
    path("<uuid:report_id>/route/", views.route, name="route"),
]
