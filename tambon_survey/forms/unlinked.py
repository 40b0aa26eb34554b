"""Forms about names that surveys write: narrowing the list, and saying what one of them means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import SearchField
from organizations.access import Level
from organizations.forms.directory import OrganizationForm, area_key, area_of, areas_to_choose
from organizations.models import Organization, User
from tambon_survey.suggesting import Suggestion
from tambon_survey.unlinked import Scope

if TYPE_CHECKING:
    from organizations.access import Area

NEW, LEAVE = "new", "leave"


class UnlinkedFilterForm(forms.Form):
    """What narrows the list of names; what cannot be read narrows nothing."""

    show_optional = False
    q = SearchField(label=_("Name"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", gettext("all")), *self._areas(user)]

    def _areas(self, user: User) -> Iterator[tuple[str, str]]:
        """Zones and districts one reads, and the tambon an address asks for."""
        yield from areas_to_choose(user)
        asked = self.data.get("area", "")
        if asked.startswith(Level.TAMBON) and (tambon := area_of(asked)) is not None:
            yield area_key(tambon), tambon.full_name

    def wanted(self) -> tuple[str, Area | None]:
        """The words and the area asked for."""
        self.is_valid()
        area = self.cleaned_data.get("area")
        return self.cleaned_data.get("q", ""), area_of(area) if area else None


class RecordFindForm(forms.Form):
    """Finds a record of the directory by a part of its name."""

    show_optional = False
    q = SearchField(label=_("Name in the directory"), required=False, max_length=100)


class ScopeField(forms.ChoiceField):
    """In which area a name means this; chosen beforehand only where nothing wider would differ, or it is a group."""

    widget = forms.RadioSelect

    def __init__(self) -> None:
        super().__init__(
            label=_("Where does the name mean this?"),
            help_text=_(
                "“The women's group” is another group in each tambon; an office of the province is one everywhere. "
                "Later surveys from there that write the name mean the same."
            ),
        )

    def offer(self, scopes: list[Scope], *, is_group: bool) -> None:
        """The areas to choose from."""
        self.choices = [(scope.key, scope.label) for scope in scopes]
        if scopes and (is_group or len({scope.rows for scope in scopes}) == 1):
            self.initial = scopes[0].key


def _chosen(scopes: Iterable[Scope], key: str) -> Area:
    return next(scope.area for scope in scopes if scope.key == key)


class NameChoiceForm(forms.Form):
    """What a name means: one of the records found, a new one, or none."""

    choice = forms.ChoiceField(label=_("What is meant?"), widget=forms.RadioSelect)
    scope = ScopeField()

    def __init__(self, *args: Any, found: list[Suggestion], scopes: list[Scope], is_group: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes = scopes
        self.records = {str(one.organization.pk): one.organization for one in found}
        self.fields["choice"].choices = [
            *((str(one.organization.pk), _told(one)) for one in found),
            (NEW, gettext("Another body, not recorded yet: make a new record")),
            (LEAVE, gettext("Leave it: this needs no record")),
        ]
        self.fields["scope"].offer(scopes, is_group=is_group)

    def organization(self) -> Organization | None:
        """The record chosen; None for a new one, or for none."""
        return self.records.get(self.cleaned_data["choice"])

    def area(self) -> Area:
        """Where the name means it."""
        return _chosen(self.scopes, self.cleaned_data["scope"])


def _told(one: Suggestion) -> str:
    body = one.organization
    where = body.area.full_name if body.area else ""
    facts = [body.name, f"({body.short_name})" if body.short_name else "", f"· {body.get_kind_display()}"]
    told = " ".join(fact for fact in [*facts, f"· {where}" if where else ""] if fact)
    return f"{told} – {', '.join(one.reasons)}" if one.reasons else told


class NamedOrganizationForm(OrganizationForm):
    """A new body that a survey names, and where its name means it."""

    scope = ScopeField()
    field_order = ["name", "short_name", "another", "scope", *OrganizationForm.field_order[3:]]

    def __init__(self, *args: Any, scopes: list[Scope], is_group: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes = scopes
        self.fields["scope"].offer(scopes, is_group=is_group)

    def scope_chosen(self) -> Area:
        """Where the name means the new body."""
        return _chosen(self.scopes, self.cleaned_data["scope"])
