"""The form of one photo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.photos import Photo, PhotoProblem, clean_photo


class PhotoForm(forms.Form):
    """One picture; `cleaned_data["photo"]` is a `photos.Photo`. The key makes a repeated upload harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("Please reload the page.")})
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where and when it was taken is removed."),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={
            "required": _("Please choose a photo."),
            "invalid": _("Please choose a photo."),
            "missing": _("Please choose a photo."),
            "empty": _("This file is empty. Please choose another photo."),
        },
    )

    def clean_photo(self) -> Photo:
        """The picture, decoded and written anew."""
        upload: Any = self.cleaned_data["photo"]
        try:
            return clean_photo(upload, size=upload.size)
        except PhotoProblem as problem:
            raise ValidationError(problem.message) from problem
