"""Forms of packets: what is missing, and what contacts are taken out for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import ThaiCharField


class PacketForm(forms.Form):
    """A few words for the cover; needed where zones or tambon are missing (`is_short`)."""

    show_optional = False

    explanation = ThaiCharField(
        label=_("About what is missing"),
        help_text=_("Printed on the cover: what did not come, and what the meeting should do about it."),
        required=False,
        max_length=2000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Something is missing: please write a sentence about it for the cover.")},
    )

    def __init__(self, *args: Any, is_short: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = is_short


class ContactsForm(forms.Form):
    """Why somebody takes contacts out."""

    purpose = ThaiCharField(
        label=_("What the contacts are for"),
        help_text=_("Kept on record with your name, the time and how many contacts were taken out."),
        max_length=300,
        error_messages={"required": _("Please say what the contacts are for.")},
    )
