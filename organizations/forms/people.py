"""Forms about persons, their contacts, and merging."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import SearchField, ThaiCharField
from nakhon_network.lib.phones import PhoneProblem, format_phone, parse_phone
from nakhon_network.lib.thai_text import arabic_digits, loose_key
from organizations.forms.keeping import KeptMixin
from organizations.models import Contact, Person, User

# Proposed while typing; any other prefix may be typed too.
COMMON_PREFIXES = ("นาย", "นาง", "นางสาว", "พระ", "พระครู", "พระมหา", "พระอธิการ", "แม่ชี", "ดร.", "ผศ.", "ว่าที่ร้อยตรี")
LONGEST_ALIAS = 200
_LINE_ID = re.compile(r"@?[a-z0-9._-]{2,50}")


class PersonSearchForm(forms.Form):
    """The search box over the list of people."""

    show_optional = False
    q = SearchField(label=_("Name"), required=False, max_length=100)


class CheckboxInput(forms.CheckboxInput):
    """A tick that answers one question only: its value is the question, and no other value counts as ticked."""

    def __init__(self, *, question: str) -> None:
        super().__init__(check_test=lambda answer: answer == question)
        self.question = question

    def format_value(self, value: Any) -> str:
        """The question, whatever was ticked before."""
        return self.question


class SameNameMixin(forms.Form):
    """Asks once when somebody the user may see has the same name; the answer is a tick, never silence."""

    another_person = forms.CharField(
        label=_("This is another person with the same name"), required=False, widget=forms.HiddenInput
    )

    def check_name(self, *, user: User, first_name: str, last_name: str, own: int | None = None) -> None:
        """Add a form error that names the persons of that name, unless the tick for this very name is set."""
        found = Person.objects.visible_to(user).of_that_name(first_name=first_name, last_name=last_name)
        known = found.with_posts_on(timezone.localdate(), viewer=user).in_thai_order()
        self.same_name = [person for person in known if person.pk != own]
        if not self.same_name:
            return
        question = loose_key(f"{first_name} {last_name}")
        self.fields["another_person"].widget = CheckboxInput(question=question)
        if self.cleaned_data.get("another_person") != question:
            names = " · ".join(dict.fromkeys(person.name for person in self.same_name))
            self.add_error(
                "another_person",
                gettext("The network already knows %(names)s. Open that record, or tick here if this is somebody else.")
                % {"names": names},
            )


class PersonForm(KeptMixin, SameNameMixin, forms.ModelForm):
    """Names of a person; other names one per line."""

    prefixes = COMMON_PREFIXES
    aliases = ThaiCharField(
        label=_("Other names"),
        required=False,
        multiline=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Former names and other spellings, one on each line."),
    )

    class Meta:
        model = Person
        fields = ["prefix", "first_name", "last_name", "nickname", "form_of_address", "note"]
        widgets = {
            "prefix": forms.TextInput(attrs={"list": "prefixes", "autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "last_name": _("Leave it empty for a monk or anyone without one."),
            "note": _("Only what the work needs; nothing about health, belief or money."),
        }

    field_order = [
        "prefix", "first_name", "last_name", "nickname", "form_of_address", "aliases", "note", "another_person",
    ]  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.fields["aliases"].initial = "\n".join(alias.name for alias in self.instance.aliases.all())

    def clean_aliases(self) -> list[str]:
        """The names, each once; none longer than the column."""
        names = {line.strip() for line in self.cleaned_data["aliases"].splitlines()} - {""}
        if any(len(name) > LONGEST_ALIAS for name in names):
            raise ValidationError(gettext("A name has at most %(limit)d letters.") % {"limit": LONGEST_ALIAS})
        return sorted(names)

    def clean(self) -> dict[str, Any]:
        """Warn about persons of the same name when the name is new."""
        cleaned = super().clean() or self.cleaned_data
        if "first_name" in cleaned and (not self.instance.pk or {"first_name", "last_name"} & set(self.changed_data)):
            self.check_name(
                user=self.user,
                first_name=cleaned["first_name"],
                last_name=cleaned.get("last_name", ""),
                own=self.instance.pk,
            )
        return cleaned


class ContactForm(KeptMixin, forms.ModelForm):
    """One way to reach a person; `own` when people enter their own, which is consent in itself."""

    class Meta:
        model = Contact
        fields = ["kind", "value", "visibility", "consent"]
        widgets = {"visibility": forms.RadioSelect, "consent": forms.RadioSelect}
        help_texts = {
            "value": _("Such as 081-234-5678, 075-341-234 ext. 12, a LINE ID or an e-mail address."),
            "visibility": _("Wider than coordinators only with the person's consent."),
            "consent": _("How the person agreed that the network keeps and shows it."),
        }

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.instance
        if own:
            del self.fields["consent"]
            contact.consent = Contact.Consent.SELF
            self.fields["visibility"].help_text = _("You decide, and you may change it at any time.")
        elif contact.consent != Contact.Consent.SELF:
            choices = [choice for choice in Contact.Consent.choices if choice[0] != Contact.Consent.SELF]
            self.fields["consent"].choices = choices
        self.show_stored()

    def show_stored(self) -> None:
        """A stored telephone is shown in groups."""
        contact = self.instance
        if contact.kind == Contact.Kind.PHONE and contact.value:
            self.initial["value"] = format_phone(contact.value, extension=contact.extension)

    def known(self) -> Any:
        """Contacts among which none may be twice."""
        return self.instance.person.contacts

    def clean(self) -> dict[str, Any]:
        """Telephones become digits, LINE IDs small letters; e-mail is checked; nothing is stored twice."""
        cleaned = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value", "")
        self.instance.extension = ""
        if not kind or not value:
            return cleaned
        try:
            cleaned["value"] = self._settled(kind, value)
        except ValidationError as problem:
            self.add_error("value", problem)
            return cleaned
        others = self.known().exclude(pk=self.instance.pk)
        if others.filter(kind=kind, value=cleaned["value"]).exists():
            self.add_error("value", gettext("That contact is recorded already."))
        return cleaned

    def _settled(self, kind: str, value: str) -> str:
        """The value as it is stored; ValidationError with a sentence when it is none of its kind."""
        if kind == Contact.Kind.PHONE:
            try:
                phone = parse_phone(value)
            except PhoneProblem as problem:
                raise ValidationError(str(problem.message)) from problem
            self.instance.extension = phone.extension
            return phone.digits
        if kind == Contact.Kind.EMAIL:
            try:
                validate_email(value)
            except ValidationError as problem:
                raise ValidationError(
                    gettext("Please give an e-mail address such as somchai@example.com.")
                ) from problem
        if kind == Contact.Kind.LINE:
            value = arabic_digits(value).lower()
            if not _LINE_ID.fullmatch(value):
                raise ValidationError(
                    gettext(
                        "A LINE ID has only English letters, digits, dot, dash and underscore. "
                        "For anything else choose “other”."
                    )
                )
        return value


class ReasonForm(forms.Form):
    """Why something is removed or merged."""

    reason = ThaiCharField(label=_("Reason"), max_length=300, help_text=_("One sentence; it stays in the history."))
