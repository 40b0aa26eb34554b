"""The demo's directory."""

from __future__ import annotations

from django.utils import timezone

from organizations.demo_directory import make_directory_demo
from organizations.models import Offer, Organization, OrganizationContact, Relation, Theme


def test_it_is_made_once_with_samples_labelled_and_no_contact(places):
    for _time in range(2):
        make_directory_demo(today=timezone.localdate())
    assert (Organization.objects.count(), Theme.objects.count(), Relation.objects.count()) == (27, 13, 4)
    assert not Offer.objects.filter(organization__is_sample=False).exists()
    assert not OrganizationContact.objects.exists()
