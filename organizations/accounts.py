"""How people sign in: by user name, e-mail or telephone number, with allauth's forms and our limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.prepared import Prepared, Slot
from nakhon_network.lib.thai_text import search_key
from organizations.models import User

_ACTIVE = Prepared(lambda: User.objects.select_related("person").filter(pk=Slot("key"), is_active=True))
# The settings' ACCOUNT_RATE_LIMITS.
_COUNTED_IN = "allauth.account"


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1


class NameEmailOrPhoneBackend(AuthenticationBackend):
    """Finds the account by whatever of the three the person typed; an unknown name costs the same time."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = User.objects.by_login(_typed(credentials))
        return self._check_password(user, credentials.get("password") or "")

    def get_user(self, user_id: Any) -> User | None:
        """The account with its person, in one query."""
        return _ACTIVE.first(key=user_id)


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only; wrong passwords are counted by account, and by account and address.

    Never by address alone: a meeting room shares one. All names of one account share its counters.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is not right. Please check both and try again."),
        "incorrect_password": _("The password is not right. Please try again."),
        "enter_current_password": _("The password is not right. Please try again."),
        "incorrect_code": _("The code is not right. Please wait for the next code and type that one."),
        "too_many_login_attempts": _(
            "Wrong too many times. Wait 15 minutes and try again, or ask your coordinator for a link to a new password."
        ),
        "rate_limited": _("Wrong too many times. Wait 15 minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, at this address first: one address alone cannot use up the account's own limit."""
        self._here = ratelimit.consume(
            request, app=_COUNTED_IN, action="login_failed_here", key=self._key_here(request, credentials)
        )
        if not self._here:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        self._here.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        user = User.objects.by_login(_typed(credentials))
        return f"account {user.pk}" if user else f"unknown {search_key(_typed(credentials))[:254]}"

    def _key_here(self, request: HttpRequest, credentials: dict[str, Any]) -> str:
        account = self._get_login_attempts_cache_key(request, **credentials)
        return f"{account} at {self.get_client_ip(request)}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        key = self._key_here(request, credentials)
        ratelimit.clear(request, app=_COUNTED_IN, action="login_failed_here", key=key)

    def forgive(self, request: HttpRequest, *, user: User) -> None:
        """Forget the wrong passwords of an account that has just got a new one."""
        self._delete_login_attempts_cached_email(request, username=user.username)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """LINE may be joined to an account; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by themselves."""
        return False


def display(user: User) -> str:
    """What allauth's pages and mails call an account."""
    return user.label
