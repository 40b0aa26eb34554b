"""Forms of the directory: finding bodies, what is known of one, what it offers and needs, how it can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import DateWarningsMixin, SearchField, ThaiCharField
from nakhon_network.lib.thai_text import loose_key
from organizations import access
from organizations.access import Level
from organizations.forms.keeping import KeptMixin
from organizations.forms.people import CheckboxInput, ContactForm
from organizations.models import (
    District,
    Help,
    Need,
    Offer,
    Organization,
    OrganizationContact,
    Province,
    Relation,
    Tambon,
    Theme,
    User,
    Zone,
)

_MODELS = {Level.PROVINCE: Province, Level.ZONE: Zone, Level.DISTRICT: District, Level.TAMBON: Tambon}
OFFERED_TO_LINK = 12


def area_key(area: Any) -> str:
    """How an area is written in a select box and an address: district:8001."""
    return f"{area.level}:{area.pk}"


def area_of(key: str) -> Any:
    """The area of such a key, or None."""
    level, _colon, pk = key.partition(":")
    if level not in Level.values or not pk.isascii() or not pk.isdecimal() or len(pk) > 9:
        return None
    return _MODELS[Level(level)].objects.filter(pk=pk).first()


def areas_to_choose(user: User) -> Iterator[tuple[str, str]]:
    """Zones and districts of the provinces one reads, as choices."""
    provinces = Province.objects.shown_to(user)
    for zone in Zone.objects.filter(province__in=provinces).order_by("province", "number"):
        yield area_key(zone), zone.full_name
    for district in District.objects.filter(province__in=provinces).in_thai_order():
        yield area_key(district), district.full_name


class OrganizationSearchForm(forms.Form):
    """What narrows the directory."""

    show_optional = False
    q = SearchField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    offers = forms.ChoiceField(label=_("Offers"), required=False)
    needs = forms.ChoiceField(label=_("Looks for"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    area = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = list(Theme.objects.in_order())
        choices: dict[str, Any] = {
            "kind": Organization.Kind.choices,
            "status": Organization.Status.choices,
            "offers": Help.choices,
            "needs": Help.choices,
            "theme": [(one.pk, one.name) for one in self.themes],
            "area": list(self._areas(user)),
        }
        for name, offered in choices.items():
            self.fields[name].choices = [("", gettext("all")), *offered]

    def _areas(self, user: User) -> Iterator[tuple[str, str]]:
        """Zones and districts of the provinces one reads, and the tambon an address asks for."""
        yield from areas_to_choose(user)
        asked = self.data.get("area", "")
        if asked.startswith(Level.TAMBON) and (tambon := area_of(asked)) is not None:
            yield area_key(tambon), tambon.full_name

    def found(self) -> tuple[Any, dict[str, Any]]:
        """(the bodies that fit, in Thai order; what was asked). What cannot be read narrows nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        found = Organization.objects.standing()
        if "q" in asked:
            found = found.matching(asked["q"])
        for name in ("kind", "status"):
            if name in asked:
                found = found.filter(**{name: asked[name]})
        for name, model in (("offers", Offer), ("needs", Need)):
            if name in asked:
                found = found.filter(pk__in=model.objects.of_help(asked[name]).values("organization"))
        if "theme" in asked:
            found = found.of_theme(asked["theme"])
        if "area" in asked:
            found = found.at_home_in(area_of(asked["area"]))
        return found, asked


class ThemesField(forms.ModelMultipleChoiceField):
    """Fields of work, ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.in_order(), required=False, label=_("Themes"), **kwargs)


class OrganizationForm(KeptMixin, forms.ModelForm):
    """What is known of a body. Asks once when a body of that name is recorded; the answer is a tick."""

    area = forms.ChoiceField(
        label=_("At home in"), required=False, help_text=_("Areas you work for. Leave it empty when it lies elsewhere.")
    )
    themes = ThemesField()
    website = forms.URLField(label=_("Website"), required=False, max_length=300, assume_scheme="https")
    another = forms.CharField(label=_("This is another body"), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Organization
        fields = ["name", "short_name", "kind", "status", "about", "website", "source"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    field_order = ["name", "short_name", "another", "kind", "status", "area", "themes", "about", "website", "source"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.areas = {area_key(area): area for area in self._areas()}
        self.fields["area"].choices = [("", gettext("not known, or elsewhere")), *self._grouped()]
        if self.instance.pk:
            self.fields["themes"].initial = [theme.pk for theme in self.instance.themes.all()]
            self.fields["area"].initial = area_key(self.instance.area) if self.instance.area else ""

    def _areas(self) -> Iterator[Any]:
        if (now := self.instance.area) is not None:
            yield now
        reach = access.of(self.user)
        for level, model in _MODELS.items():
            yield from model.objects.filter(reach.areas(level)).in_thai_order()

    def _grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, area in self.areas.items():
            groups.setdefault(str(Level(area.level).label), []).append((key, area.full_name))
        return list(groups.items())

    def clean(self) -> dict[str, Any]:
        """The area, and a question about a body that is recorded under that name."""
        cleaned = super().clean() or self.cleaned_data
        if "area" in cleaned:
            self.instance.area = self.areas.get(cleaned["area"])
        if "name" in cleaned and (not self.instance.pk or "name" in self.changed_data):
            self._ask_about_the_name(cleaned["name"])
        return cleaned

    def _ask_about_the_name(self, name: str) -> None:
        known = Organization.objects.standing().like(name).exclude(pk=self.instance.pk).in_thai_order()
        self.same_name = list(known[:5])
        question = loose_key(name)
        if not self.same_name:
            return
        self.fields["another"].widget = CheckboxInput(question=question)
        if self.cleaned_data.get("another") != question:
            names = " · ".join(dict.fromkeys(one.name for one in self.same_name))
            self.add_error(
                "another",
                gettext("The directory already knows %(names)s. Open that record, or tick here if this is another.")
                % {"names": names},
            )


class _ExchangeForm(KeptMixin, DateWarningsMixin, forms.ModelForm):
    """What an offer and a need ask."""

    themes = ThemesField(help_text=_("None ticked: meant for any theme."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 2})
        self.fields["text"].label = gettext("What it is about")
        if self.instance.pk:
            self.fields["themes"].initial = [theme.pk for theme in self.instance.themes.all()]


class OfferForm(_ExchangeForm):
    """What a body offers, and on what conditions."""

    class Meta:
        model = Offer
        fields = ["kind", "text", "conditions", "starts_on", "ends_on"]
        labels = {"text": _("What exactly")}
        widgets = {"conditions": forms.Textarea(attrs={"rows": 3})}

    field_order = ["kind", "text", "conditions", "starts_on", "ends_on", "themes"]


class NeedForm(_ExchangeForm):
    """What a body looks for."""

    class Meta:
        model = Need
        fields = ["kind", "text", "starts_on", "ends_on"]
        labels = {"text": _("What exactly")}

    field_order = ["kind", "text", "starts_on", "ends_on", "themes"]


class OrganizationFindForm(forms.Form):
    """Finds another body by a part of its name."""

    show_optional = False
    q = SearchField(label=_("Name of the other organization"), required=False, max_length=100)


class RelationForm(KeptMixin, DateWarningsMixin, forms.ModelForm):
    """How a body stands to another, chosen among those found."""

    class Meta:
        model = Relation
        fields = ["kind", "other", "starts_on", "ends_on", "note"]
        widgets = {"kind": forms.RadioSelect, "other": forms.RadioSelect}

    def __init__(self, *args: Any, found: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in found]
        typed = str(self.data.get("other", ""))
        if typed.isascii() and typed.isdecimal() and len(typed) < 19:
            keys.append(int(typed))
        others = Organization.objects.standing().of_keys(keys).exclude(pk=self.instance.organization_id)
        self.fields["other"].queryset = others.in_thai_order()
        self.fields["other"].empty_label = None
        self.fields["kind"].choices = Relation.Kind.choices


class RelationDatesForm(KeptMixin, DateWarningsMixin, forms.ModelForm):
    """From when until when a relation holds."""

    class Meta:
        model = Relation
        fields = ["starts_on", "ends_on", "note"]


class OrganizationContactForm(ContactForm):
    """One way to reach a body: read as a person's contact is, without the person's consent."""

    class Meta:
        model = OrganizationContact
        fields = ["kind", "value", "whom_to_ask", "visibility"]
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {
            "value": _("Such as 081-234-5678, 075-341-234 ext. 12, a LINE ID or an e-mail address."),
            "whom_to_ask": _("A post or a desk; a person's name only if they agreed."),
            "visibility": _("Wider than those who keep this record only when the body itself gives it out."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        KeptMixin.__init__(self, *args, **kwargs)
        self.show_stored()

    def known(self) -> Any:
        """Contacts of the same body."""
        return self.instance.organization.contacts


class AgreementForm(forms.Form):
    """Whether a body agreed to stand in the open data, and how that is known."""

    agrees = forms.ChoiceField(
        label=_("May the record be published?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("yes, it agreed")), ("no", _("no, or not any more"))],
    )
    reason = ThaiCharField(
        label=_("How this is known"),
        max_length=300,
        help_text=_("Such as: letter of 3 Mar 2550. It stays in the history."),
    )
