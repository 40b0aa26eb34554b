"""Forms that ask once more: which of several is meant, and whether something odd is meant as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nakhon_network.lib.thai_text import loose_key

NEW = "new"
MOST_CANDIDATES = 8


def which_box(label: Any) -> forms.CharField:
    """The box beside a typed name; hidden until the name turns out to fit several, or none."""
    return forms.CharField(label=label, required=False, widget=forms.HiddenInput)


class NamesMixin(forms.Form):
    """Things chosen by typing their name: `box` holds the name, `box_which` asks which one is meant."""

    def choose(
        self,
        box: str,
        *,
        exact: Sequence[Any],
        near: Sequence[Any],
        unknown: str,
        offer: str = "",
        label_of: Callable[[Any], str] = str,
    ) -> Any:
        """The one thing meant by the name in `box`; NEW to write a new one down; None after an error.

        One exact match is taken; else the person is asked, with `offer` also whether it is a new one.
        """
        if len(exact) == 1:
            return exact[0]
        found = list(dict.fromkeys([*exact, *near]))
        if len(found) == 1 and not offer:
            return found[0]
        return self._ask(box, found[:MOST_CANDIDATES], unknown=unknown, offer=offer, label_of=label_of)

    def _ask(self, box: str, found: list[Any], *, unknown: str, offer: str, label_of: Callable[[Any], str]) -> Any:
        new = f"{NEW} {loose_key(self.cleaned_data[box])[:80]}"
        answers = {str(one.pk): one for one in found} | ({new: NEW} if offer else {})
        choices = [(str(one.pk), label_of(one)) for one in found] + ([(new, offer)] if offer else [])
        if not choices:
            self.add_error(box, unknown)
            return None
        which = self.fields[f"{box}_which"]
        # In place: the bound field of the form is made already.
        which.widget = forms.RadioSelect(choices=choices)
        answer = answers.get(self.data.get(self.add_prefix(f"{box}_which"), ""))
        if answer is None:
            several = _("Several fit what you typed. Please tick the one you mean.")
            new_one = _("Tick it below if it is new.")
            self.add_error(f"{box}_which", several if found else f"{unknown} {new_one}")
        return answer


class SureMixin(forms.Form):
    """Asks once about what is allowed but odd; the tick answers these very questions and no others."""

    question = ""
    sure = forms.CharField(label=gettext_lazy("Please look again"), required=False, widget=forms.HiddenInput)

    def ask_about(self, doubts: Sequence[str]) -> None:
        """Add the doubts as errors, unless the tick for them is set."""
        if not doubts:
            return
        self.question = hashlib.sha256("\n".join(doubts).encode()).hexdigest()[:16]
        answer = _("I have looked again: save it as it stands")
        self.fields["sure"].widget = forms.CheckboxSelectMultiple(choices=[(self.question, answer)])
        if self.data.get(self.add_prefix("sure")) != self.question:
            for doubt in doubts:
                self.add_error("sure", doubt)
