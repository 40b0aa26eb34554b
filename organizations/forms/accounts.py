"""Forms about invitations, one's own account, and signing in."""

from __future__ import annotations

import copy
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import PhoneField, ThaiCharField
from nakhon_network.lib.phones import PhoneProblem, parse_phone
from nakhon_network.lib.thai_text import loose_key
from organizations.forms.posts import PersonChoiceForm
from organizations.models import Person, User
from organizations.models.accounts import username_validator
from organizations.sessions import device_name

PASSWORD_RULES = _(
    "At least 8 letters or digits, such as three words only you would put together. Not your user name, and nothing "
    "that everyone uses, such as 12345678."
)
LONGEST_PASSWORD = 200


class InvitationForm(PersonChoiceForm):
    """Who gets the link: somebody known, or a new person."""

    def check_name(self, *, user: User, first_name: str, last_name: str, own: int | None = None) -> None:
        """Beside the warning, offer the records of that name."""
        super().check_name(user=user, first_name=first_name, last_name=last_name, own=own)
        if self.same_name:
            field = copy.deepcopy(self.base_fields["person"])
            field.label, field.help_text = _("Use the record that is there"), ""
            named = Person.objects.filter(pk__in=[person.pk for person in self.same_name])
            field.queryset = named.with_posts_on(timezone.localdate(), viewer=user)
            self.fields = {**self.fields, "person": field}
            self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A record chosen after the warning stands for the name that is still in the boxes."""
        data = self.cleaned_data
        person, typed = data.get("person"), loose_key(f"{data.get('first_name', '')} {data.get('last_name', '')}")
        if person is not None and typed == person.name_key:
            data["first_name"] = data["last_name"] = data["prefix"] = ""
        return super().clean()


def _password_input(autocomplete: str) -> forms.PasswordInput:
    texts = {"data-show-text": _("Show the password"), "data-hide-text": _("Hide the password")}
    return forms.PasswordInput(attrs={"autocomplete": autocomplete, "data-behaviour": "reveal", **texts})


class NewPasswordForm(forms.Form):
    """A password of one's own, typed once: it can be made visible."""

    password = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_password_input("new-password"),
        help_text=PASSWORD_RULES,
    )

    def account(self) -> User:
        """The account the password is for, as far as it is known; a password must not resemble its names."""
        return User()

    def clean(self) -> dict[str, Any]:
        """Held to the rules of the site."""
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], self.account())
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class RenewForm(NewPasswordForm):
    """A new password for an account that is there."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def account(self) -> User:
        """The account as it is."""
        return self.user


class SignInNames(forms.Form):
    """The three names one account can be signed in with; each is nobody else's."""

    own: User | None = None

    username = ThaiCharField(
        label=_("User name"),
        max_length=60,
        digits="arabic",
        validators=[username_validator],
        help_text=_("Thai or English letters and digits, without spaces. You sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    phone = PhoneField(
        label=_("Telephone to sign in with"),
        required=False,
        help_text=_("Then you may type this number instead of the user name. Nobody else sees it."),
    )
    email = forms.EmailField(
        label=_("E-mail to sign in with"),
        max_length=254,
        required=False,
        help_text=_("If you have one: a lost password can then be renewed by e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_username(self) -> str:
        """Nobody's telephone number either: somebody would then sign in under a wrong name."""
        name = self.cleaned_data["username"]
        try:
            parse_phone(name)
        except PhoneProblem:
            pass
        else:
            raise ValidationError(_("Please choose a name with letters. A telephone number goes into its own box."))
        return self._free(name, _("That user name is taken. Please choose another."))

    def clean_phone(self) -> str:
        """Digits, or empty."""
        return self._free(self.cleaned_data["phone"], _("Another account uses that telephone number."))

    def clean_email(self) -> str:
        """In small letters, or empty."""
        return self._free(self.cleaned_data["email"].lower(), _("Another account uses that e-mail."))

    def _free(self, typed: str, sentence: Any) -> str:
        holder = User.objects.by_login(typed) if typed else None
        if holder is not None and (self.own is None or holder.pk != self.own.pk):
            raise ValidationError(sentence)
        return typed


class JoinForm(SignInNames, NewPasswordForm):
    """The account an invited person makes."""

    field_order = ["username", "password", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")

    def account(self) -> User:
        """The account to be."""
        known = {name: self.cleaned_data.get(name) or "" for name in ("username", "email")}
        return User(**known)


class AccountForm(SignInNames):
    """How one signs in; the present password shows that it is oneself."""

    current = forms.CharField(
        label=_("Your present password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_password_input("current-password"),
        help_text=_("So that nobody changes this on a telephone you left lying about."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = user
        self.initial = {"username": user.username, "phone": user.phone, "email": user.email}

    def clean(self) -> dict[str, Any]:
        """Asks for the password last: a slip in a name costs no attempt."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not get_adapter().reauthenticate(self.own, cleaned["current"]):
            self.add_error("current", _t("The password is not right. Please try again."))
        return cleaned

    def changed_account(self) -> User:
        """The account with what was typed, not saved."""
        assert self.own is not None
        user = User.objects.get(pk=self.own.pk)
        user.username, user.phone = self.cleaned_data["username"], self.cleaned_data["phone"]
        user.email = self.cleaned_data["email"]
        return user


# ---- the sign-in package's forms in our words ------------------------------------------------------------------
class _PlainPasswords:
    """No placeholders, one box for a new password, and the rules in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, forms.Field]
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.max_length = LONGEST_PASSWORD
                field.help_text = PASSWORD_RULES if name == "password1" else ""
                field.widget = _password_input("new-password" if name == "password1" else "current-password")
        if "password1" in self.fields:
            self.fields["password1"].label = _("New password")


class SignInForm(_PlainPasswords, account_forms.LoginForm):
    """One box for all three names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ThaiCharField(label=_("User name, telephone number or e-mail"), max_length=254)
        names.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields = {**self.fields, "login": names}
        self.order_fields(["login", "password"])


class ChangePasswordForm(_PlainPasswords, account_forms.ChangePasswordForm):
    """The present password and the new one."""


class SetPasswordForm(_PlainPasswords, account_forms.SetPasswordForm):
    """The first password of an account without one."""


class ResetPasswordForm(_PlainPasswords, account_forms.ResetPasswordForm):
    """The e-mail of the account."""


class ResetPasswordKeyForm(_PlainPasswords, account_forms.ResetPasswordKeyForm):
    """The new password after the link in an e-mail."""


class ReauthenticateForm(_PlainPasswords, account_forms.ReauthenticateForm):
    """The present password once more."""


def _code_field() -> ThaiCharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return ThaiCharField(label=_("Code"), digits="arabic", max_length=60, widget=forms.TextInput(attrs=attrs))


class AuthenticateForm(code_forms.AuthenticateForm):
    """The second step of signing in; Thai digits are digits."""

    code = _code_field()


class ReauthenticateCodeForm(code_forms.ReauthenticateForm):
    """The second step once more."""

    code = _code_field()


class ActivateCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = _code_field()


class CredentialField(forms.JSONField):
    """What a device answers about a passkey; never shown again, and never so long or deep that it cannot be read."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The answer; ValidationError for what is no JSON, or JSON that Python gives up on."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing: the device is asked again."""
        return initial


class PasskeyLoginForm(LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = CredentialField()


class PasskeyAuthenticateForm(AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""

    credential = CredentialField()


class PasskeyReauthenticateForm(ReauthenticateWebAuthnForm):
    """The passkey once more."""

    credential = CredentialField()


class PasskeyAddForm(AddWebAuthnForm):
    """A name for the device, and whether it opens the account without a password."""

    credential = CredentialField()
    name = ThaiCharField(label=_("Name of this device"), max_length=100, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this device alone, without the password"),
        required=False,
        initial=True,
        help_text=_("The device then asks for your fingerprint, face or screen lock."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = device_name(context.request.headers.get("user-agent", ""))


class PasskeyEditForm(EditWebAuthnForm):
    """Another name for the device."""

    name = ThaiCharField(label=_("Name of this device"), max_length=100)
