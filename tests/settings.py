"""Settings of the test suite: the demo profile with a cheap password hash and a folder of its own."""

import os
import tempfile

os.environ["PROFILE"] = "demo"
os.environ["VAR_DIR"] = os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="nakhon-test-")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from nakhon_network.catalogue import compile_catalogues
from nakhon_network.settings import *  # noqa: F403
from nakhon_network.settings import DATABASE

# Before Django is set up: it reads the catalogues then, and keeps what it read.
compile_catalogues()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASE["ENGINE"].endswith("sqlite_in_turn"):
    # Said outright: pytest-django leaves only Django's own SQLite backend in memory when several processes test.
    DATABASE["TEST"] = {"NAME": ":memory:"}
