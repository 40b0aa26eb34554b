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
from organizations.models.organizations import Organization
from organizations.models.people import Alias, Contact, Person
from organizations.models.posts import Appointment, Post, Role

__all__ = [
    "Alias",
    "Appointment",
    "AuditEntry",
    "AuditSubject",
    "Contact",
    "District",
    "DistrictStatus",
    "FocusTambon",
    "Invitation",
    "Organization",
    "Person",
    "Post",
    "Province",
    "Role",
    "Tambon",
    "User",
    "Zone",
]
