"""Forms of ผู้รู้: what a person knows, finding who knows, and the list of themes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import ThaiCharField
from organizations.forms.directory import area_of, areas_to_choose
from organizations.forms.keeping import KeptMixin, add_mark
from organizations.models import Appointment, Knowledge, Person, Theme, User
from organizations.models.directory import knowledge_told

LONGEST = 300


class KnowledgeForm(forms.Form):
    """For each theme a tick and, if one likes, what the person knows of it."""

    show_optional = False

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = person
        self.themes = list(Theme.objects.in_order())
        rows = list(person.knowledge.with_theme())
        known = {one.theme_id: one.text for one in rows}
        for theme in self.themes:
            self.fields[f"knows-{theme.pk}"] = forms.BooleanField(
                label=theme.name, required=False, initial=theme.pk in known
            )
            self.fields[f"text-{theme.pk}"] = ThaiCharField(
                label=gettext("What of it: %(theme)s") % {"theme": theme.name},
                required=False,
                max_length=LONGEST,
                initial=known.get(theme.pk, ""),
            )
        add_mark(self, knowledge_told({one.theme: one.text for one in rows}))

    def rows(self) -> list[tuple[Any, Any]]:
        """The tick and the text of each theme."""
        return [(self[f"knows-{theme.pk}"], self[f"text-{theme.pk}"]) for theme in self.themes]

    def clean(self) -> dict[str, Any]:
        """Words newly written beside a theme that is not ticked are not thrown away."""
        cleaned = super().clean() or self.cleaned_data
        for theme in self.themes:
            name = f"text-{theme.pk}"
            if cleaned.get(name) and not cleaned.get(f"knows-{theme.pk}") and name in self.changed_data:
                self.add_error(name, gettext("Tick this theme too, or empty the box."))
        return cleaned

    def known(self) -> dict[Theme, str]:
        """The ticked themes and what was written beside them."""
        answers = self.cleaned_data
        return {theme: answers[f"text-{theme.pk}"] for theme in self.themes if answers[f"knows-{theme.pk}"]}


class ExpertSearchForm(forms.Form):
    """What narrows the list of people who know."""

    show_optional = False
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    area = forms.ChoiceField(label=_("Holds a post in"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        themes = [(one.pk, one.name) for one in Theme.objects.in_order()]
        self.fields["theme"].choices = [("", gettext("all")), *themes]
        self.fields["area"].choices = [("", gettext("all")), *areas_to_choose(user)]

    def found(self) -> tuple[Any, dict[str, Any]]:
        """(the persons the user may see who know something; what was asked). What cannot be read narrows nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        known = Knowledge.objects.all()
        if "theme" in asked:
            known = known.filter(theme=asked["theme"])
        found = Person.objects.visible_to(self.user).standing().filter(pk__in=known.values("person"))
        if "area" in asked:
            held = Appointment.objects.in_force(timezone.localdate()).visible_to(self.user)
            found = found.filter(pk__in=held.within(area_of(asked["area"])).values("person"))
        return found, asked


class ThemeForm(KeptMixin, forms.ModelForm):
    """The names of a theme, the words that tell of it, and its place in the list."""

    order = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=999, help_text=_("Smaller numbers stand first.")
    )

    class Meta:
        model = Theme
        fields = ["name_th", "name_en", "words", "order"]
        widgets = {"words": forms.Textarea(attrs={"rows": 8})}

    def clean_name_th(self) -> str:
        """No two themes of one name: nobody could tell which to tick."""
        name: str = self.cleaned_data["name_th"]
        if Theme.objects.filter(name_th=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("Another theme has that name already."))
        return name

    def clean_words(self) -> str:
        """One a line, none twice, no empty line."""
        lines = (line.strip() for line in self.cleaned_data["words"].splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))


class NewThemeForm(ThemeForm):
    """A theme with its code, which stays."""

    class Meta(ThemeForm.Meta):
        fields = ["code", *ThemeForm.Meta.fields]
        help_texts = {"code": _("Short, in Latin letters, such as forest-water. It cannot be changed later.")}
