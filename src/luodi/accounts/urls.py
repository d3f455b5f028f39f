"""Addresses of signing in, of one's own account, and of the three administrators."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import URLPattern, path

from luodi.accounts import audit_views, own_views, people_views, security_views

# Only the pages of allauth that an office needs: nobody signs up, and nobody resets a password by e-mail.
urlpatterns: list[URLPattern] = [
    path("account/login/", own_views.SignIn.as_view(), name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/signup/", account.signup, name="account_signup"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", own_views.new_password, name="account_change_password"),
    path("account/second/", mfa.index, name="mfa_index"),
    path("account/second/enter/", mfa.authenticate, name="mfa_authenticate"),
    path("account/second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/sso/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/sso/error/", social.login_error, name="socialaccount_login_error"),
    path("account/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("account/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path("account/demo/", own_views.demo_entry, name="demo_entry"),
    path("account/", own_views.own_account, name="own_account"),
    path("account/sessions/end/", own_views.end_own_session, name="end_own_session"),
    path("account/post/", own_views.act_as, name="act_as"),
    path("account/unsent/", own_views.unsent, name="unsent"),
    path("", own_views.start, name="front"),
    path("start/", own_views.start, name="start"),
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.new_person, name="new_person"),
    path("people/appoint/", people_views.appoint, name="appoint"),
    path("people/posts/<int:post>/end/", people_views.end_post, name="end_post"),
    path("people/organisations/", people_views.organisations, name="organisations"),
    path("security/", security_views.security, name="security"),
    path("security/lift/", security_views.lift, name="lift_lock"),
    path("security/sessions/end/", security_views.end_sessions, name="end_sessions"),
    path("security/password/", security_views.give_password, name="give_password"),
    path("security/rights/", security_views.rights, name="rights"),
    path("audit/", audit_views.audit, name="audit"),
    path("audit/export/", audit_views.export, name="audit_export"),
]
