"""What a page calls a device."""

from django import template

from organizations.sessions import device_name

register = template.Library()
register.filter("device", device_name)
