"""The form of the posts that are expected at a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from organizations.models import FocusTambon, Post


class ExpectedPostsForm(forms.Form):
    """Ticks for posts of the province, by role: a whole group, or single posts. `chosen`: the posts meant."""

    groups = forms.MultipleChoiceField(
        label=_("Everybody of a group"), required=False, widget=forms.CheckboxSelectMultiple
    )
    posts = forms.MultipleChoiceField(label=_("Single posts"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, meeting: Meeting, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = set(meeting.expected_posts.values_list("pk", flat=True))
        focus = set(FocusTambon.objects.in_force(today).values_list("tambon_id", flat=True))
        found = Post.objects.of_province(meeting.province).with_areas().order_by("role__order", "role", "pk")
        self.offered = [post for post in found if post.tambon_id is None or post.tambon_id in focus or post.pk in named]
        self.fields["groups"].choices = [(post.role_id, post.role.name) for post in self.offered]
        self.fields["posts"].choices = [(str(post.pk), post.title) for post in self.offered]
        self.initial["posts"] = [str(key) for key in sorted(named)]

    @property
    def by_role(self) -> Iterator[tuple[Post, bool, list[tuple[Post, bool]]]]:
        """(a post of the role, whether the whole group is ticked, its posts each with whether it is ticked)."""
        groups, posts = (set(self[name].value() or ()) for name in ("groups", "posts"))
        for role, found in groupby(self.offered, key=lambda post: post.role_id):
            rows = [(post, str(post.pk) in posts) for post in found]
            yield rows[0][0], role in groups, rows

    @property
    def chosen(self) -> list[Post]:
        """The posts ticked, and those of the groups ticked."""
        groups, posts = set(self.cleaned_data["groups"]), set(self.cleaned_data["posts"])
        return [post for post in self.offered if post.role_id in groups or str(post.pk) in posts]
