"""Addresses of the account. The names with `account_` and `mfa_` are those allauth leads to."""

from allauth.account import views as allauth
from django.urls import include, path

from qorgan.web.account import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("mandate/", views.mandate, name="mandate"),
    path("account/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/", include("allauth.mfa.urls")),
]
