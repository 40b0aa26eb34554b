"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TambonSurveyConfig(AppConfig):
    """The tambon survey."""

    name = "tambon_survey"
    verbose_name = _("Tambon survey")
