"""Forms of resolutions: what was decided, about which tambon, which appointments it made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Resolution
from nakhon_network.lib.form_fields import SearchField, ThaiCharField
from nakhon_network.lib.thai_text import arabic_digits, loose_key
from nakhon_network.templatetags.thai import thai_date
from organizations.models import Appointment, Province, Tambon

MOST_TAMBONS = 200
_PARTS = re.compile(r"[,;\n]|\s/\s")
_CODE = re.compile(r"\b[0-9]{6}\b")


class ResolutionForm(forms.ModelForm):
    """What was decided and how firmly. Tambon are typed: names or codes, several at once."""

    about = ThaiCharField(
        label=gettext_lazy("Tambon it is about"),
        required=False,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=6000,
        help_text=gettext_lazy("Names or codes, parted by commas or one a line, such as: Pak Phraek, 800304."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    field_order = ["goal", "item", "strength", "text", "about"]

    class Meta:
        model = Resolution
        fields = ["goal", "item", "strength", "text"]
        widgets = {"strength": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.province = meeting.province
        for name, rows in (("goal", meeting.goals.all()), ("item", meeting.agenda.all())):
            self.fields[name].queryset = rows
            self.fields[name].empty_label = _("none")
        self.fields["strength"].choices = [one for one in self.fields["strength"].choices if one[0]]
        self.fields["revision"].initial = self.instance.revision
        if self.instance.pk:
            self.fields["about"].initial = ", ".join(typed_tambon(one) for one in self.instance.tambons.in_thai_order())

    def clean_about(self) -> list[Tambon]:
        """The tambon; each part of the text must be one of the province's."""
        parts = [part.strip() for part in _PARTS.split(self.cleaned_data["about"]) if part.strip()]
        if len(parts) > MOST_TAMBONS:
            raise ValidationError(_("At most %(count)s tambon at once.") % {"count": MOST_TAMBONS})
        return named_tambons(parts, province=self.province) if parts else []


def typed_tambon(tambon: Tambon) -> str:
    """A tambon as the box takes it: the code makes its name sure."""
    return f"{tambon.name_th} {tambon.code}"


def named_tambons(parts: list[str], *, province: Province) -> list[Tambon]:
    """The tambon meant by codes or names; ValidationError with a sentence for each part that is none or several."""
    known = list(Tambon.objects.in_province(province).with_areas())
    by_code = {tambon.code: tambon for tambon in known}
    found: dict[str, Tambon] = {}
    problems = []
    for part in parts:
        code = _CODE.search(arabic_digits(part))
        meant = [by_code[code[0]]] if code and code[0] in by_code else [] if code else _of_name(part, known)
        if len(meant) == 1:
            found[meant[0].code] = meant[0]
        elif meant:
            codes = ", ".join(f"{one.code} ({one.district.full_name})" for one in meant)
            sentence = _("Several tambon are called %(name)s. Type the code: %(codes)s")
            problems.append(sentence % {"name": part, "codes": codes})
        else:
            problems.append(_("There is no tambon %(name)s in the province.") % {"name": part[:60]})
    if problems:
        raise ValidationError(problems[:10])
    return list(found.values())


def _of_name(typed: str, known: list[Tambon]) -> list[Tambon]:
    strict = Tambon.reading(typed)
    exact = [one for one in known if strict in one.search_key.split("\n")]
    loose = loose_key(strict)
    return exact or [one for one in known if loose and loose in one.loose_key.split("\n")]


class AppointmentsForm(forms.Form):
    """Which appointments a resolution made."""

    appointments = forms.MultipleChoiceField(
        label=gettext_lazy("Appointments it made"), required=False, widget=forms.CheckboxSelectMultiple
    )
    # An empty set of boxes is an answer too; this one says that the form was seen.
    seen = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, offered: Iterable[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.pk): one for one in offered}
        self.fields["appointments"].choices = [(key, _since(one)) for key, one in self.offered.items()]

    def clean_appointments(self) -> list[Appointment]:
        """Those ticked, of those offered."""
        return [self.offered[key] for key in self.cleaned_data["appointments"]]


def _since(appointment: Appointment) -> str:
    return f"{appointment} · {thai_date(appointment.starts_on)}"


class AppointmentFindForm(forms.Form):
    """Whose appointments to look for."""

    show_optional = False
    q = SearchField(label=gettext_lazy("Name of the person"), max_length=100)
