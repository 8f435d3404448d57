"""Addresses of missing children."""

from django.urls import path

from qorgan.web.missing import acts_on, views

app_name = "missing"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("case/<uuid:case_id>/", views.in_case, name="in_case"),
    path("told/<uuid:bulletin_id>/", acts_on.bulletin, name="bulletin"),
    path("notices/<uuid:notice_id>/", acts_on.notice, name="notice"),
    path("<uuid:alarm_id>/", views.alarm, name="alarm"),
    path("<uuid:alarm_id>/search/", acts_on.search, name="search"),
    path("<uuid:alarm_id>/end/", acts_on.end, name="end"),
    path("<uuid:alarm_id>/again/", acts_on.again, name="again"),
    path("<uuid:alarm_id>/notice/", acts_on.propose, name="propose"),
    path("<uuid:alarm_id>/mark/", acts_on.mark, name="mark"),
]
