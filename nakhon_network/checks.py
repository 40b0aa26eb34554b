"""System checks of our own."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register


@register(Tags.database)
def sqlite_journal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Say which journal SQLite uses here, and why."""
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        return []
    if settings.SQLITE_WAL_SAFE:
        return []
    return [
        Info(
            f"SQLite {sqlite3.sqlite_version} may corrupt a write-ahead log when it is reset: "
            "the rollback journal is used instead.",
            hint="Use SQLite 3.51.3, 3.50.7 or 3.44.6 or later, or PostgreSQL.",
            id="nakhon_network.I001",
        )
    ]


@register(Tags.security, deploy=True)
def production_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn when production runs on the embedded database."""
    if settings.PRODUCTION and "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        return [
            Warning(
                "Production runs on SQLite.",
                hint="Give DATABASE_URL of a PostgreSQL server (docs/deploy.md).",
                id="nakhon_network.W001",
            )
        ]
    return []
