"""Addresses of the account. The names with `account_` and `mfa_` are those allauth leads to."""

from allauth.account import views as allauth
from django.urls import include, path
from django.views.generic import RedirectView

from qorgan.web.account import invited, mine, protection, views

_FACTORS = [
    # ours stand before allauth's of the same name
    path("", mine.account, name="mfa_index"),
    path("totp/activate/", protection.AddApp.as_view(), name="mfa_activate_totp"),
    path("totp/deactivate/", protection.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/generate/", protection.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("webauthn/add/", protection.AddKey.as_view(), name="mfa_add_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", protection.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("webauthn/keys/<int:pk>/edit/", protection.RenameKey.as_view(), name="mfa_edit_webauthn"),
    path("webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("invitation/", invited.invited, name="invitation"),
    path("mandate/", views.mandate, name="mandate"),
    path("account/confirm/", protection.Again.as_view(), name="account_reauthenticate"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/protect/", mine.protect, name="account_protect"),
    path("account/sessions/others/", mine.end_others, name="account_end_others"),
    path("account/sessions/<uuid:handle>/", mine.end_session, name="account_end_session"),
    path("account/", include(_FACTORS)),
]
