"""ผู้รู้: what a person knows, the list of people who know, and the list of themes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions import knowledge as actions
from organizations.forms.knowledge import ExpertSearchForm, KnowledgeForm, NewThemeForm, ThemeForm
from organizations.models import Person, Theme
from organizations.views.answers import done, page, require
from organizations.views.keeping import keep

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
def knowledge_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The themes a person knows, and what of them; for who may change the person."""
    person = get_object_or_404(Person.objects.visible_to(request.user).standing(), pk=pk)
    require(access.may_edit_person(request.user, person))
    form = KnowledgeForm(request.POST if request.method == "POST" else None, person=person)

    def save() -> Person:
        return actions.save_knowledge(person, known=form.known(), seen=form.cleaned_data["seen"], by=request.user)

    def then(saved: Person) -> HttpResponse:
        return done(request, _("Saved what %(name)s knows.") % {"name": saved.name}, saved)

    context = {"person": person, "is_staff": access.of(request.user).is_staff}
    template = "organizations/knowledge_edit.html"
    return keep(request, form, template, context, save=save, then=then, afresh=lambda: KnowledgeForm(person=person))


@require_safe
def expert_list(request: HttpRequest) -> HttpResponse:
    """The people one may see who know something, by theme and area; how to reach them is on their own page."""
    require(access.of(request.user).is_member)
    form = ExpertSearchForm(request.GET, user=request.user)
    found, asked = form.found()
    people = found.with_posts_on(timezone.localdate(), viewer=request.user).with_knowledge().in_thai_order()
    context = {
        "form": form,
        "is_narrowed": bool(asked),
        "page_obj": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return page(request, "organizations/expert_list.html", context)


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """The themes in their order, for province staff."""
    require(access.of(request.user).is_staff)
    return page(request, "organizations/theme_list.html", {"themes": Theme.objects.in_order()})


@require_http_methods(["GET", "POST"])
def theme_add(request: HttpRequest) -> HttpResponse:
    """A new theme, with its code."""
    require(access.of(request.user).is_staff)
    form = NewThemeForm(request.POST or None)
    return _save(request, form, "organizations/theme_add.html", is_new=True)


@require_http_methods(["GET", "POST"])
def theme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Names, words and place of a theme."""
    theme = get_object_or_404(Theme, pk=code)
    require(access.of(request.user).is_staff)
    form = ThemeForm(request.POST or None, instance=theme)
    return _save(request, form, "organizations/theme_edit.html", is_new=False)


def _save(request: HttpRequest, form: ThemeForm, template: str, *, is_new: bool) -> HttpResponse:
    theme = form.instance
    lead, code = theme.name, theme.pk  # the form writes what was typed into the row, saved or not

    def save() -> Theme:
        return actions.save_theme(form.instance, is_new=is_new, seen=form.seen, by=request.user)

    def afresh() -> ThemeForm:
        return ThemeForm(instance=Theme.objects.get(pk=code))

    def then(saved: Theme) -> HttpResponse:
        return done(request, _("Saved: %(name)s") % {"name": saved.name}, "theme_list")

    box = "code" if is_new else None
    return keep(request, form, template, {"lead": lead}, save=save, then=then, afresh=afresh, box=box)
