"""Posts of the network, without who holds them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.open_data.areas import area_id
from nakhon_network.open_data.kind import Kind, Record, Source
from organizations import access
from organizations.models import Post

PREFIX = "post:"


def _record(post: Post, _beside: None) -> Record:
    return {
        "id": f"{PREFIX}{post.pk}",
        "label": post.title,
        "role": post.role_id,
        "role_name": post.role.name_th,
        "role_name_en": post.role.name_en,
        "area_id": area_id(post.area),
        "seats": post.seats,
        "filled": getattr(post, "held", None),
    }


def _rows(reader: Any) -> Any:
    """Posts of roles the network shares; how many seats are filled only for who reads what members read."""
    rows = Post.objects.shared().with_areas()
    return rows.with_number_held_on(timezone.localdate()) if access.of(reader).is_member else rows


POSTS = Kind(
    name="posts",
    label=_("Posts"),
    about=_("Which posts province and zones have, and how many seats; with a token how many are filled. No holders."),
    columns=("id", "label", "role", "role_name", "role_name_en", "area_id", "seats", "filled"),
    sources=(Source(PREFIX, _rows, _record),),
)
