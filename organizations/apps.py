"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Areas, people and posts."""

    name = "organizations"
    verbose_name = _("Areas, people and posts")
