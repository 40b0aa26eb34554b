"""The demo profile with one page more: the bare one that others are compared with."""

from nakhon_network.settings import *  # noqa: F403
from nakhon_network.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench/templates"]
