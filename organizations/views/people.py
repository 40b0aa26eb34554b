"""Pages of persons and their contacts."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.actions import people as actions
from organizations.forms.people import ContactForm, PersonForm, PersonSearchForm, ReasonForm
from organizations.history import history_of, removed_from
from organizations.models import Contact, Person
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from organizations.views.keeping import keep

PAGE_SIZE = 50
GROUPS = 20


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Everyone the user may see, in Thai order, with the posts they hold today."""
    form = PersonSearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    people = Person.objects.visible_to(request.user).standing()
    if wanted:
        people = people.matching(wanted)
    people = people.with_posts_on(timezone.localdate(), viewer=request.user).in_thai_order()
    reach = access.of(request.user)
    context = {
        "form": form,
        "q": wanted,
        "page_obj": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_add": reach.is_above_tambon,
        "is_member": reach.is_member,
        "is_staff": reach.is_staff,
    }
    return page(request, "organizations/person_list.html", context)


@require_safe
def person_duplicates(request: HttpRequest) -> HttpResponse:
    """Records that read the same, side by side, for province staff."""
    require(access.of(request.user).is_staff)
    same = Person.objects.visible_to(request.user).sharing_a_name().with_what_tells_apart()
    people = same.with_posts_on(timezone.localdate(), viewer=request.user)
    ordered = sorted(people, key=lambda person: (bytes(person.sort_key), person.name_key, person.pk))
    groups = [list(group) for _key, group in groupby(ordered, key=lambda person: person.name_key)]
    real = [group for group in groups if len(group) > 1]
    context = {"page_obj": Paginator(real, GROUPS).get_page(request.GET.get("page"))}
    return page(request, "organizations/person_duplicates.html", context)


@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """A new person."""
    require(access.of(request.user).is_above_tambon)
    return _edit(request, Person(), "organizations/person_add.html")


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Names of a person."""
    return _edit(request, _editable(request, pk), "organizations/person_edit.html")


def _edit(request: HttpRequest, person: Person, template: str) -> HttpResponse:
    lead = person.name  # the form writes what was typed into the row, saved or not
    form = PersonForm(request.POST or None, instance=person, user=request.user)

    def save() -> Person:
        aliases = form.cleaned_data["aliases"]
        return actions.save_person(form.instance, aliases=aliases, seen=form.seen, by=request.user)

    def afresh() -> PersonForm:
        return PersonForm(instance=Person.objects.get(pk=person.pk), user=request.user)

    def then(saved: Person) -> HttpResponse:
        return done(request, _("Saved: %(name)s") % {"name": saved.name}, saved)

    context = {"person": person, "lead": lead}
    return keep(request, form, template, context, save=save, then=then, afresh=afresh)


def _editable(request: HttpRequest, pk: int) -> Person:
    person = get_object_or_404(Person.objects.visible_to(request.user).standing(), pk=pk)
    require(access.may_edit_person(request.user, person))
    return person


@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, posts now and before, contacts the user may read; a merged record leads to the one that stays."""
    standing = Person.objects.visible_to(request.user).standing()
    person = standing.reached_by(pk).select_related("created_by__person").first()
    if person is None:
        raise Http404
    if person.pk != pk:
        return redirect(person, permanent=True)
    today = timezone.localdate()
    held = list(person.appointments.visible_to(request.user).with_areas().order_by("-starts_on", "-pk"))
    may_edit = access.may_edit_person(request.user, person)
    context = {
        "person": person,
        "names": _names(person),
        "now": [one for one in held if one.holds(today)],
        "to_come": [one for one in held if one.starts_on > today],
        "before": [one for one in held if one.starts_on <= today and not one.holds(today)],
        "contacts": sorted(
            person.contacts.visible_to(request.user), key=lambda one: Contact.Kind.values.index(one.kind)
        ),
        "knowledge": person.knowledge.with_theme(),
        "recheck_before": Contact.confirmed_too_long_ago(),
        "may_edit": may_edit,
        "is_self": access.of(request.user).person_id == person.pk,
        "is_staff": access.of(request.user).is_staff,
        "history": history_of(person, *person.merged_records(), viewer=request.user) if may_edit else [],
    }
    return page(request, "organizations/person_page.html", context)


def _names(person: Person) -> list[tuple[str, str]]:
    rows = [
        (_("Full name"), person.name),
        (_("Nickname"), person.nickname),
        (_("Form of address"), person.form_of_address),
        (_("Other names"), " · ".join(alias.name for alias in person.aliases.all())),
    ]
    return [(label, value) for label, value in rows if value]


@require_http_methods(["GET", "POST"])
def person_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Joins the record `other` into the record `pk`; province staff only, with a reason."""
    require(access.of(request.user).is_staff)
    standing = Person.objects.visible_to(request.user).standing().with_what_tells_apart()
    seen = standing.with_posts_on(timezone.localdate(), viewer=request.user)
    into, gone = get_object_or_404(seen, pk=pk), get_object_or_404(seen, pk=other)
    require(access.may_edit_person(request.user, into) and access.may_edit_person(request.user, gone))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge_people(gone, into=into, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("The two records are one now."), into)
    context = {"form": form, "into": into, "gone": gone}
    return page(request, "organizations/person_merge.html", context, form=form)


@require_http_methods(["GET", "POST"])
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new way to reach a person."""
    person = _editable(request, pk)
    return _edit_contact(request, Contact(person=person), "organizations/contact_add.html")


@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A contact, its visibility and the consent; saving it confirms it."""
    return _edit_contact(request, _contact(request, pk), "organizations/contact_edit.html")


def _contact(request: HttpRequest, pk: int) -> Contact:
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("person"), pk=pk)
    require(access.may_edit_person(request.user, contact.person))
    return contact


def _edit_contact(request: HttpRequest, contact: Contact, template: str) -> HttpResponse:
    own = access.of(request.user).person_id == contact.person_id
    form = ContactForm(request.POST or None, instance=contact, own=own)

    def save() -> Contact:
        return actions.save_contact(form.instance, seen=form.seen, by=request.user)

    def afresh() -> ContactForm:
        return ContactForm(instance=Contact.objects.get(pk=contact.pk), own=own)

    def then(saved: Contact) -> HttpResponse:
        return done(request, _("The contact is saved."), saved.person)

    context = {"person": contact.person, "contact": contact}
    return keep(request, form, template, context, save=save, then=then, afresh=afresh, box="value")


@require_http_methods(["GET", "POST"])
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a contact, with a reason; of two clicks the second leads to the same page."""
    try:
        contact = _contact(request, pk)
    except Http404:
        seen = Person.objects.visible_to(request.user)
        if request.method == "POST" and (owner := removed_from(seen, Contact, pk, by=request.user)):
            return done(request, _("The contact is removed."), owner)
        raise
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_contact(contact, reason=form.cleaned_data["reason"], by=request.user)
        return done(request, _("The contact is removed."), resolve_url(contact.person))
    context = {"form": form, "contact": contact, "person": contact.person}
    return page(request, "organizations/contact_remove.html", context, form=form)


@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Hides a contact from everyone but the coordinators, at once."""
    contact = _contact(request, pk)
    actions.withdraw_consent(contact, by=request.user)
    return done(request, _("Only the coordinators see this contact now."), contact.person)
