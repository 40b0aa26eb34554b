"""Who may see and do what, where: the one gate.

Everything follows from the appointments a user's person holds on a given day; nothing is stored and nothing is cached
beyond one request. A user without an appointment in force reaches nothing. Nothing outside this module compares
authorities. The module imports no model: it reads the user's appointments through reverse relations and answers with
values and `Q` objects, so that querysets may import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.prepared import Prepared, Slot

if TYPE_CHECKING:
    from organizations.models import District, Organization, Person, Post, Province, Tambon, User, Zone

    Area: TypeAlias = Province | Zone | District | Tambon


class Level(TextChoices):
    """The four levels of the hierarchy, highest first."""

    PROVINCE = "province", _("Province")
    ZONE = "zone", _("Zone")
    DISTRICT = "district", _("District")
    TAMBON = "tambon", _("Tambon")


class Authority(TextChoices):
    """What a role lets its holder do in the area of the post."""

    MANAGE = "manage", _("manages: areas, people, posts, rounds, meetings")
    REVIEW = "review", _("reviews: looks after the areas below and their people")
    COORDINATE = "coordinate", _("coordinates: enters what belongs to the area")
    READ = "read", _("reads what the network shares")


# From an area of this level, the field path that leads to the area of that level.
_PATHS: dict[Level, dict[Level, str]] = {
    Level.PROVINCE: {Level.PROVINCE: "pk"},
    Level.ZONE: {Level.PROVINCE: "province", Level.ZONE: "pk"},
    Level.DISTRICT: {Level.PROVINCE: "province", Level.ZONE: "zone", Level.DISTRICT: "pk"},
    Level.TAMBON: {
        Level.PROVINCE: "district__province",
        Level.ZONE: "district__zone",
        Level.DISTRICT: "district",
        Level.TAMBON: "pk",
    },
}
_ORDER = list(Level)


def _lineage_path(level: Level, above: Level) -> str:
    """From an appointment to the key of the area at `above` that a post of `level` lies in."""
    return f"post__{level}" if above == level else f"post__{level}__{_PATHS[level][above]}"


_LINEAGES = tuple(_lineage_path(level, above) for level in _ORDER for above in _ORDER if above in _PATHS[level])

# Keys only: every page asks, and whole rows of eight tables would cost more than many a page itself.
_HELD = Prepared(
    lambda: (
        apps.get_model("organizations", "Appointment")
        .objects.filter(person=Slot("person"))
        .in_force(cast(Any, Slot("day")))
        .values_list("post__role__authority", "post__role__level", *_LINEAGES)
    )
)


@dataclass(frozen=True)
class Grant:
    """One post held today: its authority in one area, and the areas above that area (level → key)."""

    authority: Authority
    level: Level
    lineage: tuple[tuple[Level, Any], ...]

    @property
    def key(self) -> Any:
        """Key of the area itself."""
        return dict(self.lineage)[self.level]


@dataclass(frozen=True)
class Access:
    """What one user reaches on one day."""

    user_id: int | None
    person_id: int | None
    grants: tuple[Grant, ...]

    @property
    def is_member(self) -> bool:
        """Holds any post today, so reads what the network shares."""
        return bool(self.grants)

    @property
    def is_staff(self) -> bool:
        """Manages a province, so may open the admin and has the short idle time."""
        return any(grant.authority == Authority.MANAGE and grant.level == Level.PROVINCE for grant in self.grants)

    @property
    def is_above_tambon(self) -> bool:
        """Works for an area that has other areas below it."""
        return any(grant.level != Level.TAMBON for grant in self._working())

    def _working(self) -> list[Grant]:
        return [grant for grant in self.grants if grant.authority != Authority.READ]

    def home_area(self) -> tuple[Level, Any] | None:
        """Level and key of the highest area the user works for, or None."""
        working = sorted(self._working(), key=lambda grant: _ORDER.index(grant.level))
        return (working[0].level, working[0].key) if working else None

    def provinces(self) -> set[Any]:
        """Keys of the provinces that hold an area the user works for."""
        return {dict(grant.lineage)[Level.PROVINCE] for grant in self._working()}

    # ---- sets of rows ---------------------------------------------------------------------------------------------
    def areas(self, level: Level, *, prefix: str = "", authorities: tuple[Authority, ...] = ()) -> Q:
        """The areas of one level inside those the user works for, as a `Q` below `prefix` ("district__zone__" …)."""
        keys: dict[str, list[Any]] = {}
        for grant in self._working():
            wanted = grant.authority in authorities if authorities else True
            path = _PATHS[level].get(grant.level)
            if wanted and path:
                keys.setdefault(prefix + path, []).append(grant.key)
        found = Q()
        for path, some in keys.items():
            found |= _one_of(path, some)
        return found or _none(prefix)

    def posts(self, *, prefix: str = "", authorities: tuple[Authority, ...] = (), below: bool = False) -> Q:
        """The posts of the areas the user works for; with `below`, only those of areas strictly under them.

        Who manages a province also reaches the province's own posts with `below`.
        """
        keys: dict[tuple[Level, str], list[Any]] = {}
        for level in _ORDER:
            for grant in self._working():
                wanted = grant.authority in authorities if authorities else True
                manages = grant.authority == Authority.MANAGE
                deep_enough = not below or manages or _ORDER.index(grant.level) < _ORDER.index(level)
                path = _PATHS[level].get(grant.level)
                if wanted and deep_enough and path:
                    keys.setdefault((level, f"{prefix}{level}__{path}"), []).append(grant.key)
        found = Q()
        for (level, path), some in keys.items():
            found |= _one_of(path, some) & Q(**{f"{prefix}role__level": level})
        return found or _none(prefix)

    def posts_above(self, *, prefix: str = "") -> Q:
        """The posts of the areas that the user's own areas lie in, working posts only."""
        keys: dict[Level, list[Any]] = {}
        for grant in self._working():
            for level, key in grant.lineage:
                keys.setdefault(level, []).append(key)
        found = Q()
        for level, some in keys.items():
            found |= _one_of(f"{prefix}{level}", some) & Q(**{f"{prefix}role__level": level})
        return found & ~Q(**{f"{prefix}role__authority": Authority.READ}) if found else _none(prefix)

    def managed(self, level: Level, *, prefix: str = "") -> Q:
        """The areas of one level that the user may change."""
        return self.areas(level, prefix=prefix, authorities=(Authority.MANAGE,))

    def reviewed(self, level: Level, *, prefix: str = "") -> Q:
        """The areas of one level whose tambon's answers the user judges."""
        return self.areas(level, prefix=prefix, authorities=(Authority.MANAGE, Authority.REVIEW))

    def managed_posts(self, *, prefix: str = "") -> Q:
        """The posts of the areas that the user may change."""
        return self.posts(prefix=prefix, authorities=(Authority.MANAGE,))

    # ---- single questions -----------------------------------------------------------------------------------------
    def holds(self, area: Area, *authorities: Authority) -> bool:
        """Whether an area the user works for is `area` or contains it (with one of `authorities`, if any are given)."""
        lineage = dict(area.lineage())
        return any(
            lineage.get(grant.level) == grant.key and (not authorities or grant.authority in authorities)
            for grant in self._working()
        )

    def may_see(self, area: Area) -> bool:
        """Whether the working page of an area opens."""
        return self.holds(area)

    def may_manage(self, area: Area) -> bool:
        """Whether the user may change the area itself: its zone, its focus, its names."""
        return self.holds(area, Authority.MANAGE)

    def may_appoint(self, post: Post) -> bool:
        """Whether the user may fill and empty a post: the post's area lies under one the user looks after.

        A post that manages is filled by who manages, whatever its level.
        """
        keys = dict(post.area.lineage())
        for grant in self._working():
            manages = grant.authority == Authority.MANAGE
            above = manages or (grant.level != post.role.level and post.role.authority != Authority.MANAGE)
            if above and grant.level != Level.TAMBON and keys.get(grant.level) == grant.key:
                return True
        return False

    # ---- the directory --------------------------------------------------------------------------------------------
    @property
    def may_add_organization(self) -> bool:
        """Works for any area."""
        return bool(self._working())

    def kept_organizations(self, *, prefix: str = "") -> Q:
        """The organizations whose record the user keeps, as a `Q` below `prefix`.

        Staff keep all; others those at home in the areas they work for, and what they entered while it has no home.
        """
        if self.is_staff:
            return Q()
        if not self.may_add_organization:
            return _none(prefix)
        homeless = {f"{prefix}{level}": None for level in _ORDER}
        found = Q(**{f"{prefix}created_by": self.user_id}, **homeless)
        for level in _ORDER:
            found |= self.areas(level, prefix=f"{prefix}{level}__")
        return found

    def may_review(self, area: Area) -> bool:
        """Whether the user judges what the area's tambon send."""
        return self.holds(area, Authority.MANAGE, Authority.REVIEW)

    def may_work_for(self, area: Area) -> bool:
        """Whether the user enters or reviews what belongs to the area."""
        return self.holds(area, Authority.MANAGE, Authority.REVIEW, Authority.COORDINATE)


def managing(*, prefix: str = "") -> Q:
    """The posts whose holders manage their area."""
    return Q(**{f"{prefix}role__authority": Authority.MANAGE})


def coordinating(*, prefix: str = "") -> Q:
    """The posts whose holders enter what belongs to their area."""
    return Q(**{f"{prefix}role__authority": Authority.COORDINATE})


def reviewing(*, prefix: str = "") -> Q:
    """The posts whose holders review their area, those who manage it aside."""
    return Q(**{f"{prefix}role__authority": Authority.REVIEW})


def working(*, prefix: str = "") -> Q:
    """The posts whose holders do more than read."""
    return ~Q(**{f"{prefix}role__authority": Authority.READ})


def _one_of(path: str, keys: list[Any]) -> Q:
    """That what a path leads to has one of some keys: one condition, however many posts somebody holds."""
    keys = list(dict.fromkeys(keys))
    return Q(**{path: keys[0]}) if len(keys) == 1 else Q(**{f"{path}__in": keys})


def within(area_level: Level, key: Any, *, level: Level, prefix: str = "") -> Q:
    """The areas of `level` that are the area `key` of `area_level` or lie in it, as a `Q` below `prefix`."""
    path = _PATHS[level].get(area_level)
    return Q(**{prefix + path: key}) if path else _none(prefix)


def _none(prefix: str) -> Q:
    return Q(**{f"{prefix}pk__in": []})


class MemberReader(AnonymousUser):
    """Nobody in particular, who reads what the network shares with everyone who holds a post in one province."""

    def __init__(self, province: str) -> None:
        super().__init__()
        self.province = province


def of(user: User | AnonymousUser, *, today: date | None = None) -> Access:
    """What `user` reaches `today` (in Bangkok, unless given). Read once per user object, so once per request."""
    day = today or timezone.localdate()
    known: tuple[date, Access] | None = getattr(user, "_access", None)
    if known is not None and known[0] == day:
        return known[1]
    found = _read(user, day)
    user._access = (day, found)  # type: ignore[union-attr]
    return found


def forget(user: User | AnonymousUser) -> None:
    """Drop what was read for this user object, after its appointments changed within one request."""
    # Not by `__dict__`: that of `request.user` is the lazy wrapper's own.
    if hasattr(user, "_access"):
        del user._access


def _read(user: User | AnonymousUser, day: date) -> Access:
    if isinstance(user, MemberReader):
        grant = Grant(Authority.READ, Level.PROVINCE, ((Level.PROVINCE, user.province),))
        return Access(user_id=None, person_id=None, grants=(grant,))
    if isinstance(user, AnonymousUser) or not user.is_active or user.person is None:
        return Access(user_id=user.pk, person_id=None, grants=())
    held = _HELD.rows(person=user.person_id, day=day)
    grants = tuple(
        Grant(
            authority=Authority(authority),
            level=Level(level),
            lineage=_lineage(Level(level), dict(zip(_LINEAGES, keys, strict=True))),
        )
        for authority, level, *keys in held
    )
    return Access(user_id=user.pk, person_id=user.person_id, grants=grants)


def _lineage(level: Level, keys: dict[str, Any]) -> tuple[tuple[Level, Any], ...]:
    """(level, key) of a post's area and of every area it lies in, highest first; a district may have no zone."""
    found = [(above, keys[_lineage_path(level, above)]) for above in _ORDER if above in _PATHS[level]]
    return tuple((above, key) for above, key in found if key is not None)


def may_edit_person(user: User | AnonymousUser, person: Person) -> bool:
    """Whether `user` may change a person's names and contacts: oneself, or everyone one could appoint.

    A person who holds even one post outside the user's reach, today or soon, is left to those above.
    """
    access = of(user)
    if access.person_id is not None and access.person_id == person.pk:
        return True
    held = person.appointments.not_ended(timezone.localdate()).with_areas()
    posts = [appointment.post for appointment in held]
    if not posts:
        return access.is_staff or (access.is_above_tambon and person.created_by_id == access.user_id)
    return all(access.may_appoint(post) for post in posts)


def may_change_organization(user: User | AnonymousUser, organization: Organization) -> bool:
    """Whether `user` keeps the record of a body: `Access.kept_organizations` as a question about one."""
    access = of(user)
    if access.is_staff:
        return True
    home = organization.area
    if home is None:
        return access.may_add_organization and organization.created_by_id == access.user_id
    return access.may_work_for(cast("Area", home))
