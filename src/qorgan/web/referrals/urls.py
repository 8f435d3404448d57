"""Addresses of referrals and transfers."""

from django.urls import path

from qorgan.web.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:referral_id>/", views.referral, name="referral"),
    path("<uuid:referral_id>/accept/", views.accept, name="accept"),
    path("<uuid:referral_id>/decline/", views.decline, name="decline"),
    path("<uuid:referral_id>/stopped/", views.stopped, name="stopped"),
    path("<uuid:referral_id>/take-back/", views.take_back, name="take_back"),
]
