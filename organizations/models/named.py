"""What everything with a Thai name shares: the keys it is sorted and found by."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, SortKeyField
from nakhon_network.lib.thai_text import loose_key, place_key, sort_key


class NamedQuerySet(models.QuerySet):
    """Words about rows that have a name."""

    def in_thai_order(self):
        """Sorted as a Thai dictionary does, the same on every database."""
        return self.order_by("sort_key", "pk")

    def matching(self, text: str):
        """Rows whose name holds `text`, in the strict or the loose reading; an empty text matches nothing."""
        strict, loose = self.model.reading(text), loose_key(self.model.reading(text))
        if not strict:
            return self.none()
        found = models.Q(search_key__contains=strict)
        if loose:
            found |= models.Q(loose_key__contains=loose)
        return self.filter(found)


class Named(models.Model):
    """An area: a Thai and an English name, with stored sort and search keys."""

    name_th = CleanCharField(_("Thai name"), max_length=100)
    name_en = CleanCharField(_("English name"), max_length=100, blank=True)
    sort_key = SortKeyField()
    search_key = models.CharField(max_length=255, editable=False)
    loose_key = models.CharField(max_length=255, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        if get_language() == "en" and self.name_en:
            return self.name_en
        return self.name_th

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared: strict form without a leading อ., ต. and the like."""
        return place_key(text)

    def refresh_keys(self) -> None:
        """Compute the keys from the names; `save` does it, bulk writers must call it."""
        self.sort_key = sort_key(self.name_th)
        names = [self.reading(name) for name in (self.name_th, self.name_en) if name]
        self.search_key = "\n".join(names)
        self.loose_key = "\n".join(loose_key(name) for name in names)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "search_key", "loose_key"}
        super().save(*args, **kwargs)
