"""Forms about invitations and one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import PhoneField, ThaiCharField
from nakhon_network.lib.thai_text import search_key
from organizations.forms.posts import PersonChoiceForm
from organizations.models import User
from organizations.models.accounts import username_validator


class InvitationForm(PersonChoiceForm):
    """Who gets the link: somebody known, or a new person."""


class NewPasswordForm(forms.Form):
    """A password of one's own."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not a common word and not only digits you use elsewhere."),
    )
    field_order = ["username", "phone", "email", "password"]

    def clean_password(self) -> str:
        """Checked by the rules of the site."""
        password = self.cleaned_data["password"]
        try:
            password.encode()
        except UnicodeEncodeError:
            raise ValidationError(_("Please use ordinary letters, digits and signs.")) from None
        validate_password(password)
        return password


class JoinForm(NewPasswordForm):
    """The account an invited person makes."""

    username = ThaiCharField(
        label=_("User name"),
        max_length=60,
        validators=[username_validator],
        help_text=_("Thai or English letters and digits, without spaces."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    phone = PhoneField(label=_("Telephone to sign in with"), required=False)

    def clean_username(self) -> str:
        """Nobody else's."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username_key=search_key(name)).exists():
            raise ValidationError(_("That user name is taken. Please choose another."))
        return name

    def clean_phone(self) -> str:
        """Nobody else's."""
        phone = self.cleaned_data["phone"] or ""
        if phone and User.objects.filter(phone=phone).exists():
            raise ValidationError(_("Another account uses that telephone number."))
        return phone


class AccountForm(forms.ModelForm):
    """How one signs in."""

    phone = PhoneField(label=_("Telephone to sign in with"), required=False)

    class Meta:
        model = User
        fields = ["username", "phone", "email"]

    def clean(self) -> dict[str, Any]:
        """An e-mail is nobody else's, whatever its capitals; so is a user name in every spelling."""
        cleaned = super().clean() or self.cleaned_data
        others = User.objects.exclude(pk=self.instance.pk)
        email, name = cleaned.get("email", ""), cleaned.get("username", "")
        if email and others.filter(email__iexact=email).exists():
            self.add_error("email", _t("Another account uses that e-mail."))
        if name and others.filter(username_key=search_key(name)).exists():
            self.add_error("username", _t("That user name is taken. Please choose another."))
        return cleaned
