"""The models of areas, people, posts, accounts and the audit trail."""

from organizations.models.accounts import Invitation, User
from organizations.models.areas import (
    District,
    DistrictStatus,
    FocusTambon,
    Province,
    Tambon,
    Zone,
)
from organizations.models.audit import AuditEntry, AuditSubject
from organizations.models.directory import Knowledge, Need, Offer, OrganizationContact, Relation
from organizations.models.organizations import Organization
from organizations.models.people import Alias, Contact, Person
from organizations.models.posts import Appointment, Post, Role
from organizations.models.privacy import Breach, Erasure
from organizations.models.sent import SentForm
from organizations.models.themes import Help, Theme
from organizations.models.tokens import ReadToken

__all__ = [
    "Alias",
    "Appointment",
    "AuditEntry",
    "AuditSubject",
    "Breach",
    "Contact",
    "District",
    "DistrictStatus",
    "Erasure",
    "FocusTambon",
    "Help",
    "Invitation",
    "Knowledge",
    "Need",
    "Offer",
    "Organization",
    "OrganizationContact",
    "Person",
    "Post",
    "Province",
    "ReadToken",
    "Relation",
    "Role",
    "SentForm",
    "Tambon",
    "Theme",
    "User",
    "Zone",
]
