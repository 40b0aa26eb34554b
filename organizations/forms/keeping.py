"""What forms carry along unseen, so that a thing is made once and no change of another is written over."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms

from organizations.models import User
from organizations.models.audit import mark_of, told

_UNTOLD = ("csrfmiddlewaretoken",)


class SentOnceMixin:
    """A form whose page has a key of its own while it adds something: the same answers sent again make nothing new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, forms.BaseModelForm)
        if self.instance._state.adding:
            self.fields["sent"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def key_for(self, user: User, address: str) -> UUID | None:
        """The key of this sending: of the page and its address, the account and every answer; None without one."""
        assert isinstance(self, forms.BaseModelForm)
        try:
            page = UUID(str(self.data.get("sent", ""))) if "sent" in self.fields else None
        except ValueError:
            return None
        answers = sorted((name, self.data.getlist(name)) for name in self.data if name not in _UNTOLD)
        return uuid5(page, f"{user.pk} {address} {answers}") if page else None


class KeptMixin(SentOnceMixin):
    """The same; while it changes something it knows what its page showed (`seen`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, forms.BaseModelForm)
        if not self.instance._state.adding:
            add_mark(self, told(self.instance))

    @property
    def seen(self) -> str:
        """The mark of what its page showed; empty for a new thing."""
        assert isinstance(self, forms.BaseForm)
        return str(self.cleaned_data.get("seen", ""))


def add_mark(form: forms.BaseForm, shown: dict[str, Any]) -> None:
    """Let the form carry the mark of what it shows."""
    mark = mark_of(shown)
    form.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=mark)
