"""Forms of a meeting's papers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Attachment
from nakhon_network.lib.papers import Paper, PaperProblem, clean_paper


class AttachmentForm(forms.ModelForm):
    """What a kept paper is called, what it is, and who may open it."""

    class Meta:
        model = Attachment
        fields = ["title", "kind", "visibility"]
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {"title": _("Empty: the name of the file.")}


class UploadForm(AttachmentForm):
    """A new paper; `cleaned_data["paper"]` is a `papers.Paper`. The key makes a repeated upload harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("Please reload the page.")})
    paper = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, ODT, ODS, TXT, JPEG or PNG; at most 20 MB."),
        max_length=None,
        error_messages={
            "required": _("Please choose a file."),
            "invalid": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )
    field_order = ["paper", "title", "kind", "visibility", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid.uuid4()

    def clean_paper(self) -> Paper:
        """What the file is by its content."""
        upload: Any = self.cleaned_data["paper"]
        try:
            return clean_paper(upload, size=upload.size)
        except PaperProblem as problem:
            raise ValidationError(problem.message) from problem
