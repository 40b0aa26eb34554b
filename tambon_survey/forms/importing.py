"""The forms of a file that comes in: the file itself, what its columns mean, and the yes to what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tambon_survey.importing.directory import ANOTHER, choice_key
from tambon_survey.importing.files import MOST_BYTES
from tambon_survey.importing.headings import Layout, choices
from tambon_survey.importing.links import LINKS
from tambon_survey.importing.planning import Finding


class ImportFileForm(forms.Form):
    """One spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An Excel file (.xlsx) or a CSV, at most 30 MB; a data file of Kobo or ODK too."),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.zip"}),
        error_messages={
            "required": _("Please choose a file."),
            "invalid": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before anything reads it."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 30 MB. Please split it, one file for each zone."))
        return file


class OrganizationFileForm(ImportFileForm):
    """One spreadsheet of organizations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("An Excel file (.xlsx) or a CSV, at most 30 MB.")


class ColumnsForm(forms.Form):
    """What each column of one table means; the fields are named `t<table>c<column>`."""

    def __init__(self, *args: Any, layouts: list[Layout | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for table, layout in enumerate(layouts):
            if layout is None or not layout.holds:
                continue
            known = [("", _("leave out")), *choices(layout.holds)]
            for column, heading in enumerate(layout.headings):
                if heading and layout.meanings[column] not in LINKS:
                    self.fields[f"t{table}c{column}"] = forms.ChoiceField(
                        label=heading[:80], choices=known, required=False, initial=layout.meanings[column]
                    )

    def chosen(self) -> dict[tuple[int, int], str]:
        """(table, column) → meaning, for every column that was asked about."""
        found = {}
        for name, meaning in self.cleaned_data.items():
            table, _c, column = name.removeprefix("t").partition("c")
            found[int(table), int(column)] = meaning
        return found

    def clean(self) -> dict[str, Any]:
        """Two columns of a table cannot mean the same."""
        cleaned = super().clean() or self.cleaned_data
        seen: set[tuple[str, str]] = set()
        for name, meaning in list(cleaned.items()):
            table = name.partition("c")[0]
            if meaning and (table, meaning) in seen:
                self.add_error(name, _("Another column of this sheet means the same already."))
            seen.add((table, meaning))
        return cleaned


class ConfirmForm(forms.Form):
    """Which plan was seen."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class BodiesForm(ConfirmForm):
    """Of each doubtful row which body it means; the fields are named `row<line>`. What is left open stays doubtful."""

    show_optional = False

    def __init__(self, *args: Any, doubtful: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"row{number}": one for number, one in enumerate(doubtful)}
        for name, one in self.rows.items():
            same = [(key, gettext("the same as %(name)s") % {"name": label}) for key, label in one.perhaps]
            where = gettext("%(sheet)s, row %(row)s") % {"sheet": one.sheet, "row": one.row}
            self.fields[name] = forms.ChoiceField(
                label=" · ".join(filter(None, (one.name, one.place, where))),
                help_text=one.text,
                choices=[*same, (ANOTHER, gettext("another one: enter it as well"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def chosen(self) -> dict[str, str]:
        """Row → key of the body it means, or that it is another."""
        return {choice_key(one): self.cleaned_data[name] for name, one in self.rows.items() if self.cleaned_data[name]}
