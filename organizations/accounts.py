"""How people sign in: by user name, e-mail or telephone number, with allauth's forms and limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import LoginForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.thai_text import clean
from organizations.models import User


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1


class NameEmailOrPhoneBackend(AuthenticationBackend):
    """Finds the account by whatever of the three the person typed."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = credentials.get("username") or credentials.get("email") or ""
        user = User.objects.by_login(login)
        return self._check_password(user, credentials.get("password") or "") if user else None

    def get_user(self, user_id: Any) -> User | None:
        """The account with its person, in one query."""
        return User.objects.select_related("person").filter(pk=user_id, is_active=True).first()


class SignInForm(LoginForm):
    """allauth's form with one box for all three names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name, telephone number or e-mail")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["login"].max_length = None
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        """Without invisible characters."""
        return clean(self.cleaned_data["login"])[:200]


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """LINE may be joined to an account; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by themselves."""
        return False
