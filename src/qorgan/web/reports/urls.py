"""Addresses of reports."""

from django.urls import path

from qorgan.web.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("import/", views.import_file, name="import"),
    path("import/<uuid:import_id>/refused.csv", views.refused_rows, name="refused"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/whole/", views.reveal, name="reveal"),
    path("<uuid:report_id>/open-case/", views.open_case, name="open_case"),
    path("<uuid:report_id>/write-off/", views.write_off, name="write_off"),
    path("<uuid:report_id>/route/", views.route, name="route"),
]
