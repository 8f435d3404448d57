"""Addresses of cases."""

from django.urls import path

from qorgan.web.cases import death, naming, nights, papers, reaching, regimes, review, said, sharing, sight, views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("reviews/", review.index, name="reviews"),
    path("reviews/<uuid:review_id>/", review.review, name="review"),
    path("reviews/<uuid:review_id>/term/", review.term, name="review_term"),
    path("reviews/<uuid:review_id>/answer/", review.answer, name="review_answer"),
    path("<uuid:case_id>/account/", said.account, name="account"),
    path("<uuid:case_id>/said/", said.said, name="said"),
    path("<uuid:case_id>/said/<slug:language>.pdf", said.paper, name="said_paper"),
    path("<uuid:case_id>/finding/", said.finding, name="finding"),
    path("<uuid:case_id>/contradiction/", said.mark, name="mark"),
    path("<uuid:case_id>/contradiction/<uuid:contradiction_id>/", said.unmark, name="unmark"),
    path("<uuid:case_id>/review/", review.ask, name="ask_review"),
    path("<uuid:case_id>/person/", views.person, name="person"),
    path("<uuid:case_id>/person/<uuid:person_id>/", naming.name, name="name"),
    path("<uuid:case_id>/person/<uuid:person_id>/take-back/", naming.unname, name="unname"),
    path("<uuid:case_id>/close/", views.close, name="close"),
    path("<uuid:case_id>/consent/", sharing.consent, name="consent"),
    path("<uuid:case_id>/consent/<uuid:consent_id>/withdraw/", sharing.withdraw, name="withdraw"),
    path("<uuid:case_id>/refer/", sharing.refer, name="refer"),
    path("<uuid:case_id>/transfer/", sharing.transfer, name="transfer"),
    path("<uuid:case_id>/speaker/", sharing.speaker, name="speaker"),
    path("<uuid:case_id>/speaker/<uuid:representation_id>/doubt/", sharing.doubt, name="doubt"),
    path("<uuid:case_id>/speaker/<uuid:representation_id>/clear/", sharing.clear_doubt, name="clear_doubt"),
    path("<uuid:case_id>/speaker/<uuid:representation_id>/end/", sharing.end_speaker, name="end_speaker"),
    path("<uuid:case_id>/night/", nights.night, name="night"),
    path("<uuid:case_id>/night/parent/", nights.parent, name="parent"),
    path("<uuid:case_id>/night/told/", nights.by_hand, name="by_hand"),
    path("<uuid:case_id>/military/", death.military, name="military"),
    path("<uuid:case_id>/death/", death.death, name="death"),
    path("<uuid:case_id>/death/<slug:form>-<slug:language>.pdf", death.paper, name="death_paper"),
    path("recommendations/", death.recommendations, name="recommendations"),
    path("recommendations/<uuid:recommendation_id>/", death.recommendation, name="recommendation"),
    path("<uuid:case_id>/reach/<uuid:person_id>/", reaching.reach, name="reach"),
    path("<uuid:case_id>/call/<uuid:person_id>/", reaching.call, name="call"),
    path("<uuid:case_id>/law/", regimes.regimes, name="law"),
    path("<uuid:case_id>/looks/", sight.looks_page, name="looks"),
    path("<uuid:case_id>/sheet/<uuid:person_id>/<slug:language>.pdf", papers.sheet, name="sheet"),
]
