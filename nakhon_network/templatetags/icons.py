"""Icons of the package lucide, each drawn once: it builds and writes a tree at every use, dozens a page."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()
register.simple_tag(lru_cache(maxsize=512)(lucide), name="lucide")
