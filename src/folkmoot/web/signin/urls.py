"""Addresses of signing in. Of allauth's views only these: no sign-up, no passwords, no changing of addresses."""

from collections.abc import Callable

from allauth.account.views import account_inactive, logout
from allauth.mfa.base.views import authenticate, reauthenticate
from allauth.mfa.recovery_codes.views import download_recovery_codes
from allauth.mfa.webauthn.views import (
    edit_webauthn,
    list_webauthn,
)
from django.http import HttpResponseBase
from django.urls import path
from django.views.decorators.cache import never_cache

from folkmoot.web.signin import account, views


def _private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return never_cache(view)


urlpatterns = [
    path("sign-in/", views.ask, name="account_login"),
    path("sign-in/code/", views.code, name="sign_in_code"),
    path("sign-in/passkey/", _private(account.SignInByPasskey.as_view()), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", _private(authenticate), name="mfa_authenticate"),
    path("sign-in/closed/", account_inactive, name="account_inactive"),
    path("sign-in/link/<str:link>/", views.one_time, {"purpose": "sign_in_link"}, name="sign_in_link"),
    path("invitation/<str:link>/", views.one_time, {"purpose": "invitation"}, name="invitation"),
    path("sign-out/", _private(logout), name="account_logout"),
    path("account/", _private(account.Home.as_view()), name="mfa_index"),
    path("account/mail/<int:person>/", account.morning_mail, name="morning_mail"),
    path("account/second-factor/", account.second_factor, name="second_factor"),
    path("account/confirm/code/", _private(reauthenticate), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", _private(account.ConfirmByPasskey.as_view()), name="mfa_reauthenticate_webauthn"),
    path("account/app/add/", _private(account.AddApp.as_view()), name="mfa_activate_totp"),
    path("account/app/remove/", _private(account.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("account/passkeys/", _private(list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", _private(account.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", _private(edit_webauthn), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", _private(account.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", _private(account.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/", _private(account.NewRecoveryCodes.as_view()), name="mfa_generate_recovery_codes"
    ),
    path("account/recovery-codes/download/", _private(download_recovery_codes), name="mfa_download_recovery_codes"),
]
