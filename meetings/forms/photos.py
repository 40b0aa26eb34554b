"""Forms of the photos of a thing: many at once, then their captions and who sees them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import FileVisibility
from meetings.models.files import PictureFile
from nakhon_network.lib.form_fields import ThaiCharField
from nakhon_network.lib.photos import Photo, PhotoProblem, clean_photo

MOST_AT_ONCE = 20
FIELDS = ("caption", "visibility")


class ManyFilesInput(forms.FileInput):
    """One box that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; its value is the list of uploads, whatever they hold: each is judged by itself."""

    widget = ManyFilesInput(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The uploads; refuses none at all."""
        uploads = [one for one in data or [] if one]
        if not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        return uploads


class PhotosForm(forms.Form):
    """Up to twenty pictures. The key makes a repeated upload harmless: each photo gets one made of it."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": gettext_lazy("Please reload the page.")})
    photos = ManyFilesField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy(
            "Up to 20 at once: JPEG, PNG or WebP, each at most 10 MB. Where and when they were taken is removed."
        ),
        error_messages={"required": gettext_lazy("Please choose at least one photo.")},
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see these photos"),
        choices=FileVisibility.choices,
        initial=FileVisibility.NETWORK,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def keys(self) -> list[uuid.UUID]:
        """A key for each photo, the same each time the form is sent; a single one has the form's own."""
        key = self.cleaned_data["key"]
        count = len(self.cleaned_data["photos"])
        return [key] if count == 1 else [uuid.uuid5(key, str(number)) for number in range(count)]


def read_photo(upload: Any, *, number: int) -> Photo:
    """The picture of the `number`th upload, written anew; raises PhotoProblem."""
    if number > MOST_AT_ONCE:
        raise PhotoProblem(_("Only 20 photos are read at once. Please send this one again."))
    return clean_photo(upload, size=upload.size)


class CaptionsForm(forms.Form):
    """The captions and visibilities of all photos; only what differs from what was shown counts as changed."""

    show_optional = False

    def __init__(self, *args: Any, photos: Sequence[PictureFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = list(photos)
        for number, photo in enumerate(self.photos, start=1):
            self.fields[f"caption-{photo.pk}"] = ThaiCharField(
                label=_("Caption of photo %(number)s") % {"number": number},
                max_length=300,
                required=False,
                initial=photo.caption,
                show_hidden_initial=True,
            )
            self.fields[f"visibility-{photo.pk}"] = forms.ChoiceField(
                label=_("Who may see photo %(number)s") % {"number": number},
                choices=FileVisibility.choices,
                initial=photo.visibility,
                show_hidden_initial=True,
                required=False,
            )

    def rows(self) -> list[tuple[PictureFile, forms.BoundField, forms.BoundField]]:
        """Each photo with its two boxes."""
        return [(photo, self[f"caption-{photo.pk}"], self[f"visibility-{photo.pk}"]) for photo in self.photos]

    def changes(self) -> dict[uuid.UUID, dict[str, Any]]:
        """Photo → what was changed of it; a box that was not sent changes nothing."""
        found: dict[uuid.UUID, dict[str, Any]] = {}
        for photo in self.photos:
            names = [name for name in FIELDS if f"{name}-{photo.pk}" in self.data]
            changed = {name: self.cleaned_data[f"{name}-{photo.pk}"] for name in names if self._differs(name, photo)}
            if changed.get("visibility") == "":
                del changed["visibility"]
            if changed:
                found[photo.pk] = changed
        return found

    def _differs(self, name: str, photo: PictureFile) -> bool:
        return f"{name}-{photo.pk}" in self.changed_data
