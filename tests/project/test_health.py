"""/healthz says the process lives; /readyz that it can serve."""

import pytest
from django.db.utils import OperationalError

EXECUTOR = "nakhon_network.health.MigrationExecutor"


def test_alive_without_a_database(client):
    """No database access at all: this test has none to give."""
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready(client):
    """Every migration applied."""
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client, monkeypatch):
    """503 with the reason."""
    monkeypatch.setattr(f"{EXECUTOR}.migration_plan", lambda self, targets: [("waiting", False)])
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations")


@pytest.mark.django_db
def test_not_ready_without_a_database(client, monkeypatch):
    """503, never 500, and no detail of the connection."""

    def unreachable(self, connection):
        raise OperationalError("could not connect to 10.0.0.7 as nakhon")

    monkeypatch.setattr(f"{EXECUTOR}.__init__", unreachable)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/healthz", "/readyz"])
def test_only_read_and_never_kept(client, url):
    """No POST; no cache; HEAD works."""
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200
    assert "no-store" in client.get(url)["Cache-Control"]
