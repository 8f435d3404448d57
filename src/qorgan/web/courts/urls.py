"""Addresses of court cases."""

from django.urls import path

from qorgan.web.courts import decisions, oversight, views, write_offs

app_name = "courts"
urlpatterns = [
    path("", views.index, name="index"),
    path("late/", oversight.late, name="late"),
    path("write-offs/", write_offs.index, name="write_offs"),
    path("write-offs/<uuid:report_id>/", write_offs.write_off, name="write_off"),
    path("send/<slug:thing>/<uuid:thing_id>/", views.send, name="send"),
    path("<uuid:court_case_id>/", views.court_case, name="court_case"),
    path("<uuid:court_case_id>/schedule/", views.schedule, name="schedule"),
    path("<uuid:court_case_id>/return/", views.return_material, name="return"),
    path("<uuid:court_case_id>/decide/", decisions.kinds, name="decide"),
    path("<uuid:court_case_id>/decide/<slug:kind>/", decisions.decide, name="decide_as"),
    path("hearings/<uuid:hearing_id>/", views.hearing, name="hearing"),
    path("decisions/<uuid:decision_id>/appeal/", decisions.appeal, name="appeal"),
    path("decisions/<uuid:decision_id>/force/", decisions.force, name="force"),
    path("decisions/<uuid:decision_id>/breach/", decisions.breach, name="breach"),
    path("appeals/<uuid:appeal_id>/", decisions.outcome, name="outcome"),
]
