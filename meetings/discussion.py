"""Who may do what in a discussion, and whose name stands beside a comment.

Members who comment are named to members, as the form says. Visitors of a public meeting read what was said, not who of
the network said it; a name that the keeper wrote down for somebody else they read only where the record names the
public source that it was taken from.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from meetings.models.discussion import Said
from organizations import access
from organizations.models import User


def may_settle(user: User, comment: Said) -> bool:
    """Whoever asked, and who keeps the record, say what became of a question."""
    if comment.kind != Said.Kind.QUESTION:
        return False
    return comment.written_by_id == user.pk or comment.about.is_kept_by(user)


def may_remove(user: User, comment: Said) -> bool:
    """Whoever wrote it, and who keeps the record, take a comment away."""
    return comment.written_by_id == user.pk or comment.about.is_kept_by(user)


def name_of(comment: Said, user: User) -> str:
    """Who said it, as far as the reader learns it."""
    is_member = access.of(user).is_member
    if comment.author_name:
        return comment.author_name if is_member or comment.may_name_others else _("a participant")
    if comment.written_by is None:
        return _("name not recorded")
    if is_member or comment.written_by_id == user.pk:
        return comment.written_by.label
    return _("a member of the network")
