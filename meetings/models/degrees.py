"""How firm a resolution is, and how far down a result is felt."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Strength(models.TextChoices):
    """How firm a resolution is. A tentative one is never shown as settled."""

    SETTLED = "settled", _("settled")
    TENTATIVE = "tentative", _("tentative conclusion")
    ASSIGNED = "assigned", _("assigned")


class Reach(models.TextChoices):
    """How far down a result is felt."""

    WORKING_TEAM = "working_team", _("working team")
    GROUP = "group", _("group")
    VILLAGE = "village", _("village")
    HOUSEHOLD = "household", _("household")
