"""The version of the notice above the forms."""

from django import template

from nakhon_network import privacy_policy

register = template.Library()


@register.simple_tag
def notice_version() -> str:
    """That of the notice now shown."""
    return privacy_policy.NOTICE_VERSION
