"""Forms of the agenda and of agenda templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import AgendaItem, AgendaTemplate, Section
from nakhon_network.lib.form_fields import ThaiCharField

LONGEST_TITLE = 200
MOST_HEADINGS = 15
SPARE_ROWS = 3


class ItemAddForm(forms.Form):
    """A new heading, or with `under` a new matter."""

    title = ThaiCharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    section = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Section.choices, initial=Section.OTHER)

    def __init__(self, *args: Any, under: AgendaItem | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if under is not None:
            del self.fields["section"]


class ItemForm(forms.ModelForm):
    """What stands in the agenda, what was said, and what the meeting did with it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AgendaItem
        fields = ["title", "section", "discussion", "outcome", "outcome_text"]
        widgets = {
            "discussion": forms.Textarea(attrs={"rows": 10}),
            "outcome_text": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        if self.instance.parent_id is not None:
            del self.fields["section"]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(heading, boxes): one part."""
        return [(_("What was said and decided"), self.visible_fields())]


class ApplyTemplateForm(forms.Form):
    """Which template the headings are taken from."""

    template = forms.ModelChoiceField(
        label=gettext_lazy("Agenda template"), queryset=AgendaTemplate.objects.all(), empty_label=None
    )


class TemplateForm(forms.ModelForm):
    """An agenda template with its headings, one row each; an empty row is none. `items`: (section, title) in order."""

    class Meta:
        model = AgendaTemplate
        fields = ["name", "is_default"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: list[tuple[str, str]] = []
        known = list(self.instance.items.all()) if self.instance.pk else []
        self.rows = min(max(len(known) + SPARE_ROWS, 5), MOST_HEADINGS)
        for row in range(self.rows):
            item = known[row] if row < len(known) else None
            number = {"number": row + 1}
            self.fields[f"title_{row}"] = ThaiCharField(
                label=_("Heading %(number)s") % number,
                max_length=LONGEST_TITLE,
                required=False,
                initial=item.title if item else "",
            )
            self.fields[f"section_{row}"] = forms.ChoiceField(
                label=_("What heading %(number)s is for") % number,
                choices=Section.choices,
                required=False,
                initial=item.section if item else Section.OTHER,
            )

    def clean(self) -> dict[str, Any]:
        """At least one heading."""
        cleaned = super().clean() or self.cleaned_data
        rows = [(cleaned.get(f"section_{row}"), cleaned.get(f"title_{row}")) for row in range(self.rows)]
        self.items = [(section or Section.OTHER, title) for section, title in rows if title]
        if not self.items and not self.errors:
            self.add_error("title_0", _("A template has at least one heading."))
        return cleaned
