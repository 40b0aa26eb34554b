"""How the admin shows and changes rows: within reach only, and never without an audit entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db import models, transaction
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from import_export.admin import ImportExportMixin

from nakhon_network.templatetags.thai import thai_date
from organizations import resources
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts


def actor(request: HttpRequest) -> User:
    """Who is at work: the admin opens for signed-in people only."""
    return cast(User, request.user)


def day(name: str, label: Any) -> Any:
    """A list column that shows a date field in พ.ศ."""

    @admin.display(description=label, ordering=name)
    def shown(thing: models.Model) -> str:
        return thai_date(getattr(thing, name)) or "–"

    return shown


class ScopedAdmin(admin.ModelAdmin):
    """Starts from what the user may reach; choices of other rows come from their own tables here, so scoped too."""

    list_per_page = 50
    show_full_result_count = False

    def reach(self, request: HttpRequest) -> models.Q:
        """Which rows the user may find here: none, until a table says which."""
        return models.Q(pk__in=[])

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Rows within reach only."""
        return super().get_queryset(request).filter(self.reach(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters beside the list ask for."""
        wanted = any(lookup.startswith(f"{name}__") for name in self.list_filter)
        return wanted and lookup.endswith(("__exact", "__isnull")) and super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose among rows within reach only."""
        table = self.admin_site._registry.get(db_field.remote_field.model)
        if table is not None:
            kwargs["queryset"] = table.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReadOnlyAdmin(ScopedAdmin):
    """Looked at here, changed elsewhere or never."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody."""
        return False


class AuditedAdmin(ScopedAdmin):
    """Every change is written down; rows are never deleted in heaps, and most tables not at all."""

    actions = None
    # Settled when a row is made.
    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """What is settled cannot be changed on a row that exists."""
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Reference rows stay: others and the history point at them."""
        return False

    def concerns(self, thing: Any) -> Iterable[models.Model]:
        """Records whose pages show the change too."""
        return []

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save and write down what changed."""
        before = facts(self.model._default_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        changes = changes_between(before, facts(obj))
        if changes or not change:
            verb = Verb.CHANGE if change else Verb.ADD
            AuditEntry.objects.record(verb, obj, by=actor(request), changes=changes, concerns=self.concerns(obj))

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Write down what goes, then delete it."""
        changes = changes_between(facts(obj), {})
        AuditEntry.objects.record(Verb.REMOVE, obj, by=actor(request), changes=changes, concerns=self.concerns(obj))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """One entry for each row."""
        for thing in queryset:
            self.delete_model(request, thing)

    @transaction.atomic
    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        """Rows below a row are written down with it."""
        known = [one.instance.pk for one in formset.initial_forms]
        rows: Any = formset.model
        before = {one.pk: facts(one) for one in rows._default_manager.filter(pk__in=known)}
        gone = [one.instance for one in formset.deleted_forms if one.instance.pk]
        write, parent = AuditEntry.objects.record, formset.instance
        for thing in gone:
            changes = changes_between(before[thing.pk], {})
            write(Verb.REMOVE, thing, by=actor(request), changes=changes, concerns=[parent])
        super().save_formset(request, form, formset, change)
        for thing in (*formset.new_objects, *(changed for changed, _names in formset.changed_objects)):
            verb = Verb.CHANGE if thing.pk in before else Verb.ADD
            changes = changes_between(before.get(thing.pk, {}), facts(thing))
            write(verb, thing, by=actor(request), changes=changes, concerns=[parent])


class SheetAdmin(ImportExportMixin, AuditedAdmin):
    """A reference table that is also read and written as a sheet (CSV)."""

    formats = import_formats = export_formats = [resources.ThaiCSV]
    tmp_storage_class = resources.UploadStorage
    skip_export_form = True
    skip_admin_log = True

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Who may change the table here."""
        return self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may see the table here."""
        return self.has_view_permission(request)

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sheet is held against what this user manages."""
        return {"user": request.user}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """All rows or none."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}
