"""What bodies, people and activities are about, and the few kinds of help they look for or offer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from nakhon_network.lib.thai_text import search_key


class Help(models.TextChoices):
    """What one body can give another; the needs of an activity are named alike."""

    FUNDING = "funding", _("money")
    KNOWLEDGE = "knowledge", _("knowledge")
    PLACE = "place", _("a place to learn")
    MARKET = "market", _("a market")
    OTHER = "other", _("something else")


class ThemeQuerySet(models.QuerySet):
    """Words about sets of themes."""

    def in_order(self):
        """As the list of themes is kept."""
        return self.order_by("order", "code")


class Theme(models.Model):
    """A field of work, such as community finance. `words` are what a text that is about it says, one a line."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name_th = CleanCharField(_("Thai name"), max_length=100)
    name_en = CleanCharField(_("English name"), max_length=100)
    words = CleanTextField(
        _("words"), max_length=2000, blank=True, help_text=_("One a line: what a text about this theme says.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_th

    def readings(self) -> list[str]:
        """The Thai name and the words, as texts are searched for them."""
        return [read for text in (self.name_th, *self.words.splitlines()) if (read := search_key(text))]

    def word_in(self, text: str) -> str:
        """The first of its words that `text` (already in the strict form) says; empty when it says none."""
        return next((word for word in self.readings() if word in text), "")


def help_field(**options: Any) -> Any:
    """A column that holds one kind of help."""
    return models.CharField(_("kind of help"), max_length=10, choices=Help, **options)
