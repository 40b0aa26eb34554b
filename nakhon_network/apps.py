"""App configuration of the project package and of the admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class NakhonNetworkConfig(AppConfig):
    """Brings the project's management commands, template tags and system checks."""

    name = "nakhon_network"

    def ready(self) -> None:
        """Register the system checks."""
        from nakhon_network import checks  # noqa: F401  (registering needs loaded apps)


class NakhonAdminConfig(AdminConfig):
    """The Django admin behind the network's own gate."""

    default_site = "nakhon_network.admin.NetworkAdminSite"
