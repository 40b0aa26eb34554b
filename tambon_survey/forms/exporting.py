"""What somebody wants to take home in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.columns import Style
from nakhon_network.lib.form_fields import ThaiCharField
from organizations.models import Zone

KINDS = [
    ("xlsx", _("Workbook (Excel): all sheets in one file")),
    ("zones", _("One workbook for each zone, together in a zip file")),
    ("csv", _("CSV: for other programs")),
]
STYLES = [
    (Style.LABELS, _("words, for reading")),
    (Style.CODES, _("codes, for programs")),
    (Style.BOTH, _("words and codes")),
]


class ContactsMixin(forms.Form):
    """Asks for contacts and what for; only shown to those who may have them."""

    contacts = forms.BooleanField(
        label=_("With telephone numbers and other contacts"),
        required=False,
        help_text=_("Only for work of the network. It is written down who took them, when, how many and what for."),
    )
    purpose = ThaiCharField(
        label=_("What the contacts are for"),
        required=False,
        max_length=300,
        help_text=_("Only when you take contacts, such as: calling the coordinators before the meeting of 4 January."),
    )

    def drop_contacts(self) -> None:
        """For those who may not have them."""
        del self.fields["contacts"], self.fields["purpose"]

    def clean(self) -> dict[str, Any]:
        """No contacts without a purpose."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contacts") and not cleaned.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", gettext("Please say what the contacts are for."))
        return cleaned


class ExportForm(ContactsMixin):
    """The workbook of a round: what, of which zone, how written."""

    kind = forms.ChoiceField(label=_("File"), choices=KINDS, initial="xlsx", widget=forms.RadioSelect)
    sheet = forms.ChoiceField(label=_("Sheets"), required=False)
    zone = forms.ModelChoiceField(label=_("Zone"), queryset=Zone.objects.none(), required=False)
    style = forms.ChoiceField(label=_("Choices are written as"), choices=STYLES, initial=Style.LABELS)
    field_order = ["kind", "zone", "sheet", "style", "contacts", "purpose"]

    def __init__(
        self,
        *args: Any,
        sheets: Sequence[tuple[str, str]],
        zones: Iterable[Zone],
        may_take_whole: bool,
        may_take_contacts: bool,
        is_narrowed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found = list(zones)
        self.fields["sheet"].choices = [("", gettext("all sheets")), *sheets]
        zone: Any = self.fields["zone"]
        zone.queryset = Zone.objects.filter(pk__in=[one.pk for one in found])
        zone.label_from_instance = lambda one: one.full_name
        zone.empty_label = gettext("the whole province") if may_take_whole else gettext("all I work for")
        if is_narrowed or len(found) < 2:
            del self.fields["zone"]
        if is_narrowed or len(found) < 2:
            self.fields["kind"].choices = [one for one in KINDS if one[0] != "zones"]
        if not may_take_contacts:
            self.drop_contacts()


class NetworkExportForm(ContactsMixin):
    """Sheets of the network: which, how written."""

    kind = forms.ChoiceField(label=_("File"), choices=[KINDS[0], KINDS[2]], initial="xlsx", widget=forms.RadioSelect)
    sheet = forms.ChoiceField(label=_("Sheets"), required=False)
    style = forms.ChoiceField(label=_("Choices are written as"), choices=STYLES, initial=Style.LABELS)
    field_order = ["kind", "sheet", "style", "contacts", "purpose"]

    def __init__(self, *args: Any, sheets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [("", gettext("all sheets")), *sheets]
