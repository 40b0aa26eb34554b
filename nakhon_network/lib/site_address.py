"""The address of the site, for links that leave it by another way than a page: a printed invitation, an e-mail."""

from django.conf import settings


def site_address(given: str = "") -> str:
    """`given` without its last slash, else the first plain name of ALLOWED_HOSTS; https in production."""
    if given:
        return given.rstrip("/")
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "127.0.0.1")
    return f"https://{host}" if settings.PRODUCTION else f"http://{host}:8000"
