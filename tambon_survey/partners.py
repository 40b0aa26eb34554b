"""Who could help an activity or a body, read for the rules of matching: a few queries, however large the directory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef

from nakhon_network.lib.thai_text import search_key
from organizations.models import Help, Need, Offer, Organization, Person, Tambon, Theme, User
from organizations.models.areas import Area
from tambon_survey import matching
from tambon_survey.activities import seeker_of
from tambon_survey.matching import Candidate, Seeker, Suggestion
from tambon_survey.models import Activity, Introduction, Support
from tambon_survey.nearness import areas_of, nearest_first, place_of

MOST_OFFERS, MOST_BODIES, MOST_PEOPLE = 1000, 300, 300
BY_KIND = {Organization.Kind.FUNDER: Help.FUNDING, Organization.Kind.PLACE_TO_LEARN: Help.PLACE}
_TO = re.compile(r"(offer|person)-([0-9]{1,18})|body-([0-9]{1,18})-([a-z]{1,10})")


@dataclass(frozen=True)
class Partner:
    """A suggestion with the rows behind it: an offer of a body, a body by its kind, or a person who knows."""

    suggestion: Suggestion
    offer: Offer | None = None
    organization: Organization | None = None
    person: Person | None = None
    introduced: Introduction | None = None

    @property
    def to(self) -> str:
        """How an address names it."""
        return self.suggestion.candidate.key

    @property
    def kind(self) -> str:
        """The kind of help."""
        return self.suggestion.candidate.kind

    @property
    def kind_label(self) -> str:
        """The same in words."""
        return str(Help(self.kind).label)

    @property
    def name(self) -> str:
        """Who it is."""
        return str(self.organization or self.person)

    @property
    def url(self) -> str:
        """Their page."""
        who = self.organization or self.person
        return who.get_absolute_url() if who is not None else ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why they fit."""
        return self.suggestion.reasons

    @property
    def may_be_introduced(self) -> bool:
        """Not introduced yet, or it did not work out."""
        return self.introduced is None or self.introduced.state == Introduction.State.FAILED


Found = dict[str, tuple[Candidate, Offer | Organization | Person]]


def themes_known() -> dict[str, matching.Theme]:
    """All themes with their words, in their order. One query."""
    return {one.pk: _theme(one) for one in Theme.objects.in_order()}


def _theme(theme: Theme) -> matching.Theme:
    words = [(word, search_key(word)) for word in (theme.name_th, *theme.words.splitlines())]
    return matching.Theme(theme.pk, theme.name, tuple((word, read) for word, read in words if read))


def partners_of_activity(
    activity: Activity, *, kinds: Iterable[str], viewer: User, today: date, known: Iterable[Introduction], to: str = ""
) -> list[Partner]:
    """Who offers what an activity looks for, the best first; with `to` only that one. At most eight queries."""
    tambon = activity.submission.tambon
    seeker = replace(seeker_of(activity, viewer), kinds=frozenset(kinds))
    found = _candidates(seeker.kinds, tambon, viewer=viewer, today=today, to=to)
    return _partners(seeker, found, known=known, themes=themes_known())


def partners_of_needs(
    needs: list[Need], *, viewer: User, today: date, known: Iterable[Introduction], to: str = ""
) -> list[tuple[Need, list[Partner]]]:
    """Each need of one body with who offers it, the best first; with `to` only that one. At most eight queries."""
    if not needs:
        return []
    body, kinds = needs[0].organization, frozenset(need.kind for need in needs)
    found = _candidates(kinds, body.area, viewer=viewer, today=today, to=to)
    others = {key: pair for key, pair in found.items() if _body_of(pair[1]) != body}
    themes = themes_known()
    return [(need, _partners(need_as_seeker(need), others, known=known, themes=themes)) for need in needs]


def need_as_seeker(need: Need) -> Seeker:
    """What a body looks for, as the rules read it."""
    return Seeker(
        key=f"need-{need.pk}",
        kinds=frozenset({need.kind}),
        text=search_key(need.text),
        themes=frozenset(theme.pk for theme in need.themes.all()),
        place=place_of(need.organization.area),
    )


def _partners(
    seeker: Seeker, found: Found, *, known: Iterable[Introduction], themes: Mapping[str, matching.Theme]
) -> list[Partner]:
    introduced: dict[tuple[str, int | None, int | None], Introduction] = {}
    for one in known:  # the newest first; one that stands comes before one that failed
        at = (one.kind, one.partner_id, one.expert_id)
        if at not in introduced or introduced[at].state == Introduction.State.FAILED:
            introduced[at] = one
    partners = []
    for suggestion in matching.suggest(seeker, [pair[0] for pair in found.values()], themes=themes):
        thing = found[suggestion.candidate.key][1]
        body, person = _body_of(thing), thing if isinstance(thing, Person) else None
        before = introduced.get((suggestion.candidate.kind, body.pk if body else None, person.pk if person else None))
        offer = thing if isinstance(thing, Offer) else None
        partners.append(Partner(suggestion, offer=offer, organization=body, person=person, introduced=before))
    return sorted(partners, key=lambda partner: not partner.may_be_introduced)


def _body_of(thing: Offer | Organization | Person) -> Organization | None:
    if isinstance(thing, Offer):
        return thing.organization
    return thing if isinstance(thing, Organization) else None


# ---- candidates ------------------------------------------------------------------------------------------------------
def _candidates(kinds: frozenset[str], area: Area | None, *, viewer: User, today: date, to: str) -> Found:
    """Key → (as the rules read it, the row), of one key where `to` names it."""
    only = _TO.fullmatch(to)
    if to and only is None:
        return {}
    what, key = ("body", only[3]) if only and only[3] else (only[1], only[2]) if only else ("", "")
    found: Found = {}
    if what in ("", "offer"):
        offers = nearest_first(offers_in_force(kinds, today), area, prefix="organization__")
        offers = offers.annotate(is_friend=_supports(area, OuterRef("organization")))
        found |= offers_read(offers.filter(pk=key) if key else offers[:MOST_OFFERS])
    if what in ("", "body"):
        bodies = nearest_first(bodies_by_kind(kinds, today), area).annotate(is_friend=_supports(area, OuterRef("pk")))
        found |= bodies_read(bodies.filter(pk=key) if key else bodies[:MOST_BODIES])
    if what in ("", "person") and Help.KNOWLEDGE in kinds:
        people = Person.objects.visible_to(viewer).standing().filter(knowledge__isnull=False).order_by("pk")
        people = people.prefetch_related("knowledge").with_posts_on(today, viewer=viewer)
        found |= people_read(people.filter(pk=key) if key else people[:MOST_PEOPLE])
    return found


def _supports(area: Area | None, body: OuterRef) -> Exists:
    """Whether a body is named in the tambon's surveys as one that supports it."""
    tambon = area.pk if isinstance(area, Tambon) else None
    return Exists(Support.objects.kept().filter(submission__tambon=tambon, organization=body))


def offers_in_force(kinds: Iterable[str], today: date):
    """Offers of these kinds that hold today, with their body, its area and their themes: two queries."""
    offers = Offer.objects.in_force(today).filter(kind__in=list(kinds), organization__merged_into__isnull=True)
    return offers.select_related("organization", *areas_of("organization__")).prefetch_related("themes")


def bodies_by_kind(kinds: Iterable[str], today: date):
    """Bodies whose kind promises one of these kinds of help and that wrote no offer of it: two queries."""
    wanted = {body: kind for body, kind in BY_KIND.items() if kind in set(kinds)}
    bodies = Organization.objects.standing().filter(kind__in=list(wanted))
    for body, kind in wanted.items():
        written = Offer.objects.in_force(today).filter(organization=OuterRef("pk"), kind=kind)
        bodies = bodies.exclude(Exists(written), kind=body)
    return bodies.select_related(*areas_of("")).prefetch_related("themes")


def offers_read(offers: Iterable[Offer]) -> Found:
    """Offers as candidates."""
    return {
        f"offer-{one.pk}": (
            Candidate(
                key=f"offer-{one.pk}",
                kind=one.kind,
                themes=frozenset(theme.pk for theme in one.themes.all()),
                place=place_of(one.organization.area),
                until=one.ends_on,
                is_supporter=getattr(one, "is_friend", False),
            ),
            one,
        )
        for one in offers
    }


def bodies_read(bodies: Iterable[Organization]) -> Found:
    """Bodies without a written offer as candidates."""
    found: Found = {}
    for one in bodies:
        kind = BY_KIND[Organization.Kind(one.kind)]
        key = f"body-{one.pk}-{kind}"
        themes = frozenset(theme.pk for theme in one.themes.all())
        place, friend = place_of(one.area), getattr(one, "is_friend", False)
        candidate = Candidate(key, str(kind), themes, place, is_written=False, is_supporter=friend)
        found[key] = (candidate, one)
    return found


def people_read(people: Iterable[Person]) -> Found:
    """Persons who know as candidates; at home where they hold a post that the reader may see."""
    found: Found = {}
    for one in people:
        themes = frozenset(known.theme_id for known in one.knowledge.all())
        area = next((held.post.area for held in getattr(one, "held", [])), None)
        key = f"person-{one.pk}"
        found[key] = (Candidate(key, str(Help.KNOWLEDGE), themes, place_of(area)), one)
    return found
