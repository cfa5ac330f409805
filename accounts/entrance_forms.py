"""allauth's forms in our words: one label and one line of help for a field, and no text that vanishes on typing."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password2": _("The new password again"),
    "code": _("Code"),
}
_NEW_PASSWORD_HELP = _("Eight characters or more. A few words that you like will do.")


class InOurWords(forms.Form):
    """Puts the wording right, whatever fields the form has."""

    password_label = _("New password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.password_label if name == "password1" else _LABELS.get(name, field.label)
            field.help_text = _NEW_PASSWORD_HELP if name == "password1" else ""


class LoginForm(InOurWords, allauth_forms.LoginForm):  # type: ignore[misc]
    pass


class SignupForm(InOurWords, allauth_forms.SignupForm):  # type: ignore[misc]
    password_label = _("Password")


class AddEmailForm(InOurWords, allauth_forms.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(InOurWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ConfirmEmailForm(InOurWords, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """No code is right for an account that is gone by now."""
        code: str = super().clean_code()
        if self.user is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class ConfirmResetForm(InOurWords, allauth_forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """No code is right for an account that is gone by now."""
        code: str = super().clean_code()
        process = PasswordResetVerificationProcess.resume(context.request)
        if process is None or process.user is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class ChangeEmailForm(InOurWords, allauth_forms.ChangeEmailForm):  # type: ignore[misc]
    pass


class SecondFactorForm(InOurWords, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    pass


class SecondFactorAgainForm(InOurWords, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    pass
