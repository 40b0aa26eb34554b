"""Reference data and records in the admin of the provincial staff.

What has rules of its own (appointments, focus tambon, contacts, persons) is only read here, with a link to the page
that knows the rules. Everything that can be changed here leaves an audit entry, and nobody finds another province's
rows: each table starts from what the user manages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from nakhon_network.templatetags.thai import phone, thai_date, thai_datetime
from organizations import access, resources
from organizations.actions.areas import save_zone
from organizations.audited_admin import AuditedAdmin, ReadOnlyAdmin, SheetAdmin, actor, day
from organizations.history import line_of
from organizations.models import (
    Appointment,
    AuditEntry,
    AuditSubject,
    Contact,
    District,
    DistrictStatus,
    FocusTambon,
    Person,
    Post,
    Province,
    Role,
    Tambon,
    User,
    Zone,
)
from organizations.models.audit import keys_of


class AreaAdmin(SheetAdmin):
    """What the four levels share."""

    search_fields = ["search_key", "loose_key"]
    ordering = ["sort_key"]

    def reach(self, request: HttpRequest) -> models.Q:
        """Areas of the provinces the user manages."""
        return access.of(request.user).managed(self.model.level)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Forgiving, as everywhere."""
        return (queryset.matching(search_term) if search_term.strip() else queryset), False


@admin.register(Province)
class ProvinceAdmin(AreaAdmin):
    """Names and position; provinces are added by the command that loads them."""

    resource_classes = [resources.ProvinceResource]
    list_display = ["code", "name_th", "name_en"]
    fields = ["code", "name_th", "name_en", "latitude", "longitude"]
    fixed = ("code",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the command only."""
        return False


@admin.register(Zone)
class ZoneAdmin(AreaAdmin):
    """The network's own grouping."""

    resource_classes = [resources.ZoneResource]
    list_display = ["number", "name_th", "name_en", "province"]
    list_select_related = ["province"]
    ordering = ["province", "number"]
    fields = ["province", "number", "name_th", "name_en", "latitude", "longitude"]
    fixed = ("province",)

    def save_model(self, request: HttpRequest, obj: Zone, form: ModelForm, change: bool) -> None:
        """By the action that also makes the posts."""
        save_zone(obj, by=actor(request))


class DistrictStatusFormSet(BaseInlineFormSet):
    """One status a day, beside what somebody else added meanwhile too."""

    def clean(self) -> None:
        """Refuse the second of two from the same day, or from the beginning."""
        super().clean()
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        known = set(self.instance.statuses.exclude(pk__in=shown).values_list("since", flat=True))
        for form in self.forms:
            answers = getattr(form, "cleaned_data", {})
            if "kind" not in answers or "since" not in answers or answers.get("DELETE"):
                continue
            since = answers["since"]
            if since in known:
                form.add_error("since", _("The district already has a status from that day."))
            known.add(since)


class DistrictStatusInline(admin.TabularInline):
    """What the district officially was, and since when."""

    model = DistrictStatus
    formset = DistrictStatusFormSet
    extra = 0
    fields = ["kind", "since", "source"]


@admin.register(District)
class DistrictAdmin(AreaAdmin):
    """Names, position and status; the zone is changed on the district's own page."""

    resource_classes = [resources.DistrictResource]
    list_display = ["code", "name_th", "name_en", "zone"]
    list_filter = ["zone"]
    list_select_related = ["zone"]
    fields = ["code", "province", "name_th", "name_en", "zone_link", "latitude", "longitude", "tile_row", "tile_column"]
    fixed = ("code", "province")
    readonly_fields = ["zone_link"]
    inlines = [DistrictStatusInline]

    @admin.display(description=_("zone"))
    def zone_link(self, district: District) -> str:
        """The zone, and where to change it."""
        if district._state.adding:  # a code may be typed already, and be none
            return "–"
        name = district.zone.full_name if district.zone else "–"
        return format_html('<a href="{}">{}</a>', reverse("district_move", args=[district.pk]), name)

    def save_model(self, request: HttpRequest, obj: District, form: ModelForm, change: bool) -> None:
        """With the posts a district should have."""
        super().save_model(request, obj, form, change)
        Post.objects.make_expected([obj])


@admin.register(DistrictStatus)
class DistrictStatusAdmin(SheetAdmin):
    """All districts' standings as one table and sheet; changed one by one on the district."""

    resource_classes = [resources.DistrictStatusResource]
    list_display = ["district", "kind", day("since", _("since")), "source"]
    list_select_related = ["district"]
    ordering = ["district__sort_key", "since"]
    fields = ["district", "kind", "since", "source"]
    fixed = ("district",)

    def reach(self, request: HttpRequest) -> models.Q:
        """Districts of the provinces the user manages."""
        return access.of(request.user).managed(access.Level.DISTRICT, prefix="district__")

    def concerns(self, thing: DistrictStatus) -> Iterable[models.Model]:
        """The district's page shows it."""
        return [thing.district]


@admin.register(Tambon)
class TambonAdmin(AreaAdmin):
    """Names and position."""

    resource_classes = [resources.TambonResource]
    list_display = ["code", "name_th", "name_en", "district"]
    list_filter = ["district__zone"]
    list_select_related = ["district"]
    fields = ["code", "district", "name_th", "name_en", "latitude", "longitude"]
    fixed = ("code", "district")


@admin.register(Role)
class RoleAdmin(SheetAdmin):
    """Kinds of posts: the composition of the network."""

    resource_classes = [resources.RoleResource]
    list_display = ["name_th", "level", "authority", "seats", "is_expected", "holder_is_shared"]
    fields = [
        "code", "name_th", "name_en", "level", "authority", "seats", "is_expected", "holder_is_shared", "order",
    ]  # fmt: skip
    fixed = ("code", "level", "authority")

    def reach(self, request: HttpRequest) -> models.Q:
        """Roles belong to the whole network."""
        return models.Q()

    def save_model(self, request: HttpRequest, obj: Role, form: ModelForm, change: bool) -> None:
        """With the posts the role asks for."""
        super().save_model(request, obj, form, change)
        resources.make_posts_of(actor(request))


class PostForm(ModelForm):
    """The seats of a post."""

    class Meta:
        model = Post
        fields = ["seats"]

    def clean_seats(self) -> int | None:
        """Never fewer than are held."""
        seats = self.cleaned_data["seats"]
        held = self.instance.appointments.not_ended(timezone.localdate()).count()
        if seats is not None and held > seats:
            raise ValidationError(_("%(held)d people hold this post. End an appointment first."), params={"held": held})
        return seats


@admin.register(Post)
class PostAdmin(AuditedAdmin):
    """Seats; posts are made with their areas, and filled on their own pages."""

    form = PostForm
    list_display = ["title", "seats"]
    list_filter = ["role"]
    readonly_fields = ["role", "area"]
    fields = ["role", "area", "seats"]
    ordering = ["role__order", "pk"]

    def reach(self, request: HttpRequest) -> models.Q:
        """Posts of the areas the user manages."""
        return access.of(request.user).managed_posts()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With their areas."""
        rows: Any = super().get_queryset(request)
        return rows.with_areas()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made with the areas."""
        return False

    def concerns(self, thing: Post) -> Iterable[models.Model]:
        """The area's page shows it."""
        return [thing.area]


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """Read here; the person's page warns of equal names and keeps the history."""

    list_display = ["name", "nickname", day("created_at", _("entered at"))]
    search_fields = ["search_key"]
    ordering = ["sort_key"]
    fields = ["prefix", "first_name", "last_name", "nickname", "form_of_address", "note"]

    def reach(self, request: HttpRequest) -> models.Q:
        """As on the list of people."""
        return models.Q(pk__in=Person.objects.visible_to(request.user).standing().values("pk"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Forgiving, as everywhere."""
        return (queryset.matching(search_term) if search_term.strip() else queryset), False


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    """Read here; the post's page knows the rules about seats."""

    list_display = ["person", "post", day("starts_on", _("from")), day("ends_on", _("left on")), "source"]
    list_filter = ["post__role"]
    fields = ["person", "post", "from_day", "left_day", "source", "end_reason"]
    readonly_fields = ["from_day", "left_day"]

    def reach(self, request: HttpRequest) -> models.Q:
        """Posts of the areas the user manages."""
        return access.of(request.user).managed_posts(prefix="post__")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With their posts."""
        rows: Any = super().get_queryset(request)
        return rows.with_areas().select_related("person")

    @admin.display(description=_("from"))
    def from_day(self, appointment: Appointment) -> str:
        """In พ.ศ."""
        return thai_date(appointment.starts_on)

    @admin.display(description=_("left on"))
    def left_day(self, appointment: Appointment) -> str:
        """In พ.ศ."""
        return thai_date(appointment.ends_on) or "–"

    def view_on_site(self, appointment: Appointment) -> str:
        """The post's page."""
        return appointment.post.get_absolute_url()


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """Read here, through the one gate; the person's page asks for consent."""

    list_display = [
        "person",
        "kind",
        "shown_value",
        "visibility",
        "consent",
        day("confirmed_at", _("last confirmed at")),
    ]
    list_select_related = ["person"]
    list_filter = ["kind", "visibility", "consent"]
    fields = ["person", "kind", "shown_value", "extension", "visibility", "consent"]
    readonly_fields = ["shown_value"]

    def reach(self, request: HttpRequest) -> models.Q:
        """What the user may read anywhere."""
        return models.Q(pk__in=Contact.objects.visible_to(request.user).values("pk"))

    @admin.display(description=_("number or address"))
    def shown_value(self, contact: Contact) -> str:
        """Telephones in groups."""
        return phone(contact.value) if contact.kind == Contact.Kind.PHONE else contact.value

    def view_on_site(self, contact: Contact) -> str:
        """The person's page."""
        return contact.person.get_absolute_url()


@admin.register(FocusTambon)
class FocusTambonAdmin(ReadOnlyAdmin):
    """Read here; chosen and dropped on their own pages."""

    list_display = ["tambon", day("chosen_on", _("chosen on")), day("dropped_on", _("dropped on")), "is_sample"]
    list_select_related = ["tambon"]
    list_filter = ["is_sample"]
    fields = ["tambon", "chosen_day", "chosen_reason", "dropped_day", "dropped_reason", "is_sample"]
    readonly_fields = ["chosen_day", "dropped_day"]

    def reach(self, request: HttpRequest) -> models.Q:
        """Tambon of the provinces the user manages."""
        return access.of(request.user).managed(access.Level.TAMBON, prefix="tambon__")

    @admin.display(description=_("chosen on"))
    def chosen_day(self, period: FocusTambon) -> str:
        """In พ.ศ."""
        return thai_date(period.chosen_on)

    @admin.display(description=_("dropped on"))
    def dropped_day(self, period: FocusTambon) -> str:
        """In พ.ศ."""
        return thai_date(period.dropped_on) or "–"

    def view_on_site(self, period: FocusTambon) -> str:
        """The tambon's page."""
        return period.tambon.get_absolute_url()


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The trail, newest first: of what the user may see."""

    list_display = ["moment", "by", "verb", "label", "reason"]
    list_filter = ["verb"]
    list_select_related = ["by__person"]
    search_fields = ["label", "reason"]
    ordering = ["-at", "-pk"]
    fields = ["moment", "by", "verb", "label", "reason", "what_changed"]
    readonly_fields = ["moment", "what_changed"]

    def reach(self, request: HttpRequest) -> models.Q:
        """Entries about areas, posts and people within reach, about roles, and the user's own."""
        return _trail_of(actor(request))

    @admin.display(description=_("when"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        """In พ.ศ."""
        return thai_datetime(entry.at)

    @admin.display(description=_("changes"))
    def what_changed(self, entry: AuditEntry) -> str:
        """Label, old and new, one fact on each line."""
        rows = ((label, old or "–", new or "–") for label, old, new in line_of(entry).changes)
        return format_html_join("\n", "<p>{}: {} → {}</p>", rows) or "–"


def _trail_of(user: User) -> models.Q:
    reach = access.of(user)
    subjects = models.Q(kind=Role._meta.label_lower)
    for model, within in (
        *((level, reach.managed(level.level)) for level in (Province, Zone, District, Tambon)),
        (Post, reach.managed_posts()),
        (Person, models.Q(pk__in=Person.objects.visible_to(user).values("pk"))),
    ):
        subjects |= models.Q(kind=model._meta.label_lower, key__in=keys_of(model._default_manager.filter(within)))
    return models.Q(by=reach.user_id, by__isnull=False) | models.Q(
        pk__in=AuditSubject.objects.filter(subjects).values("entry")
    )
