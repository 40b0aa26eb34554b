"""Two people changed one thing: what each wrote, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One box: what this person typed, and what stands now."""

    label: str
    typed: str
    stands: str


def differences(form: forms.BaseForm, fresh: forms.BaseForm) -> list[Difference]:
    """The boxes of a bound form whose answer is not what `fresh`, an unbound form of the thing as it is now, shows."""
    found = []
    for name in form.fields:
        if name not in fresh.fields or name in ("revision", "seen", "another", "another_person", "sure"):
            continue
        if name.endswith("_which"):
            continue
        if form.fields[name].has_changed(fresh[name].initial, form[name].data):
            found.append(Difference(str(form[name].label), _shown(form[name]), _shown(fresh[name])))
    return found


def based_on(form: forms.BaseForm, now: object, *, box: str = "revision") -> None:
    """Let the next save of this form begin from what stands `now`: its sender has been shown it."""
    data: Any = form.data
    data = data.copy()
    data[form.add_prefix(box)] = str(now)
    form.data = data


def _labels(field: forms.ChoiceField, chosen: Any) -> list[str]:
    """What the chosen keys are called; the choices may stand in groups."""
    wanted = {str(one or "") for one in chosen}
    choices: Any = field.choices
    flat = [pair for key, label in choices for pair in (label if isinstance(label, list | tuple) else [(key, label)])]
    return [str(label) for key, label in flat if str(key) in wanted]


def _shown(box: forms.BoundField) -> str:
    value: Any = box.value()
    if isinstance(box.field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(box.field, forms.ChoiceField):
        return " · ".join(_labels(box.field, value if isinstance(value, list | tuple) else [value]))
    if hasattr(value, "isoformat"):
        return str(box.field.widget.format_value(value) or "")
    return "" if value is None else "\n".join(str(value).splitlines()).strip()
