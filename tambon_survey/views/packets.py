"""Packets of a round: the list, one packet with what changed since, making one, and the two ways to print it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakhon_network.lib import typesetting
from nakhon_network.lib.paper import Paper
from organizations import access
from organizations.history import history_of
from organizations.models import Zone
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from tambon_survey.actions import packets as actions
from tambon_survey.actions.exporting import record_download
from tambon_survey.forms.packets import ContactsForm, PacketForm
from tambon_survey.models import Packet, Round
from tambon_survey.packets.building import content_of
from tambon_survey.packets.contacts import Contacts, contacts_of
from tambon_survey.packets.contents import Contents
from tambon_survey.packets.drawing import Edition, counted, paper_of, title_of
from tambon_survey.packets.since import changed_since

TEMPLATE = Path("typesetting/sheets.typ")


@dataclass(frozen=True)
class Seen:
    """What one person reads of a packet: the whole (`zones` None), or the part of some zones."""

    packet: Packet
    contents: Contents
    zones: set[int] | None
    may_manage: bool


def _seen(request: HttpRequest, pk: int) -> Seen:
    """The packet as far as the person's zones go, or only the zone that the address names; else 404."""
    found = Packet.objects.visible_to(request.user).with_facts()
    packet = get_object_or_404(found, pk=pk)
    may_manage = access.of(request.user).may_manage(packet.round.province)
    zones = None if may_manage else set(Zone.objects.visible_to(request.user).values_list("pk", flat=True))
    wanted, contents = request.GET.get("zone", ""), Contents.read(packet.content)
    if wanted:
        named = {
            zone.key for zone in contents.zones if str(zone.key) == wanted and (zones is None or zone.key in zones)
        }
        if not named:
            raise Http404
        zones = named
    return Seen(packet, contents if zones is None else contents.only(zones), zones, may_manage)


@require_safe
def packet_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The packets of a round, the newest first; for who manages the province and who works for a zone of it."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened().select_related("province"), pk=pk)
    may_manage = access.of(request.user).may_manage(survey_round.province)
    zones = Zone.objects.visible_to(request.user)
    require(may_manage or any(zone.province_id == survey_round.province_id for zone in zones))
    context = {
        "round": survey_round,
        "packets": survey_round.packets.visible_to(request.user).with_facts().newest_first(),
        "may_manage": may_manage,
        "crumbs": [(survey_round.name, survey_round.get_absolute_url())],
    }
    return page(request, "tambon_survey/packet_list.html", context)


@require_safe
def packet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, how to print it, and what changed since it was made."""
    seen = _seen(request, pk)
    packet = seen.packet
    context = {
        "packet": packet,
        "round": packet.round,
        "newer": getattr(packet, "superseded_by", None),
        "is_whole": packet.is_whole,
        "is_part": seen.zones is not None,
        "contents": seen.contents,
        "counted": counted(seen.contents),
        "since": changed_since(packet, seen.contents, zones=seen.zones),
        "may_manage": seen.may_manage,
        "zones": seen.contents.zones,
        "crumbs": _crumbs(packet.round),
        "history": history_of(packet, viewer=request.user) if seen.may_manage else [],
    }
    return page(request, "tambon_survey/packet_page.html", context)


def _crumbs(survey_round: Round) -> list[tuple[str, str]]:
    return [
        (survey_round.name, survey_round.get_absolute_url()),
        (_("Packets"), reverse("packet_list", args=[survey_round.pk])),
    ]


@require_http_methods(["GET", "POST"])
def packet_make(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be in it and what would be missing; making it."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened().select_related("province"), pk=pk)
    require(access.of(request.user).may_manage(survey_round.province))
    contents = Contents.read(content_of(survey_round, explanation="", now=timezone.now()))
    is_short = bool(contents.missing) or len(contents.received) < len(contents.zones)
    form = PacketForm(request.POST if request.method == "POST" else None, is_short=is_short)
    if request.method == "POST" and form.is_valid():
        answer = _made(request, survey_round, form)
        if answer is not None:
            return answer
    context = {
        "round": survey_round,
        "form": form,
        "contents": contents,
        "counted": counted(contents),
        "silent": [zone for zone in contents.zones if not zone.sent_at],
        "missing": [(one, contents.district_of(one), contents.zone_of(one)) for one in contents.missing],
        "crumbs": _crumbs(survey_round),
    }
    return page(request, "tambon_survey/packet_make.html", context, form=form)


def _made(request: HttpRequest, survey_round: Round, form: PacketForm) -> HttpResponse | None:
    """Make it and go there; None when the form must be shown again."""
    words = form.cleaned_data["explanation"]
    try:
        made = actions.make_packet(survey_round, explanation=words, by=request.user, now=timezone.now())
    except Refused as why:
        form.add_error(None, why.sentence)
        return None
    said = _("Packet no. %(number)s is made: %(counted)s.")
    return done(request, said % {"number": made.number, "counted": counted(Contents.read(made.content))}, made)


# ---- printing ------------------------------------------------------------------------------------------------------
@require_safe
def packet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The packet as a page that prints, without contacts."""
    seen = _seen(request, pk)
    return _print_page(request, seen, _drawn(seen))


@require_safe
def packet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The packet as a file, without contacts."""
    seen = _seen(request, pk)
    return _file(seen, _drawn(seen))


@require_http_methods(["GET", "POST"])
def packet_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """The edition with contacts, for who manages the province and says what for; every one goes on record."""
    seen = _seen(request, pk)
    require(seen.may_manage)
    form = ContactsForm(request.POST if request.method == "POST" else None)
    contacts = contacts_of(seen.contents)
    if request.method == "POST" and form.is_valid():
        record_download(
            seen.packet,
            by=request.user,
            contacts=contacts.given,
            rows=len(seen.contents.came),
            purpose=form.cleaned_data["purpose"],
            concerns=[seen.packet.round],
        )
        drawn = _drawn(seen, contacts)
        return _print_page(request, seen, drawn) if "print" in request.POST else _file(seen, drawn)
    crumbs = [*_crumbs(seen.packet.round), (title_of(seen.packet), seen.packet.get_absolute_url())]
    context = {"packet": seen.packet, "contacts": contacts, "form": form, "crumbs": crumbs}
    return page(request, "tambon_survey/packet_contacts.html", context, form=form)


def _drawn(seen: Seen, contacts: Contacts | None = None) -> Paper:
    """The paper, in Thai whatever the language of the page: everybody at the meeting holds the same."""
    with translation.override(settings.LANGUAGE_CODE):
        edition = Edition(is_part=seen.zones is not None, contacts=contacts)
        return paper_of(seen.packet, seen.contents, edition=edition)


def _print_page(request: HttpRequest, seen: Seen, drawn: Paper) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        crumbs = [*_crumbs(seen.packet.round), (drawn.title, seen.packet.get_absolute_url())]
        return render(request, "tambon_survey/packet_print.html", {"paper": drawn, "crumbs": crumbs})


def _file(seen: Seen, drawn: Paper) -> HttpResponse:
    return pdf_answer(drawn, name=f"{drawn.title} {seen.packet.round.name}")


def pdf_answer(drawn: Paper, *, name: str) -> HttpResponse:
    """A paper as a PDF to keep, named in Thai."""
    answer = HttpResponse(typesetting.compile(TEMPLATE, typesetting.printable(drawn)), content_type="application/pdf")
    answer["Content-Disposition"] = str(content_disposition_header(True, f"{name}.pdf"))
    return answer
