"""Addresses of risk."""

from django.urls import path

from qorgan.web.risk import lowering, papers, views

app_name = "risk"
urlpatterns = [
    path("", views.index, name="index"),
    path("instruments/<str:code>/", views.instrument, name="instrument"),
    path("case/<uuid:case_id>/", views.of_case, name="of_case"),
    path("case/<uuid:case_id>/<str:code>/", views.assess, name="assess"),
    path("measures/<uuid:measure_id>/", views.measure, name="measure"),
    path("lowerings/<uuid:lowering_id>/", lowering.decide, name="lowering"),
    path("<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("<uuid:assessment_id>/<slug:language>.pdf", papers.paper, name="paper"),
    path("<uuid:assessment_id>/again/", views.again, name="again"),
    path("<uuid:assessment_id>/lower/", lowering.ask, name="lower"),
]
