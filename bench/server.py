"""The real server, as `make demo` runs it, on a database of its own; stopped, killed and started again at will."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Site:
    """A running server: where it listens, what is in it, and its process."""

    port: int
    environment: dict[str, str]
    facts: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self) -> None:
        """Two workers of four threads, and a first answer."""
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        command += ["--threads", "4", "--worker-class", "gthread", "--keep-alive", "30", "nakhon_network.wsgi"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, HTTPException):
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the server and its workers; `signal.SIGKILL` for a crash."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None

    def connection(self) -> HTTPConnection:
        """One client's connection."""
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self, method: str, path: str, *, who: str = "", body: Any = None, connection: HTTPConnection | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        """One request, as a signed-in account when `who` is given: status, body as sent, headers."""
        link = connection or self.connection()
        headers = {"Accept-Encoding": "br, gzip", "Accept": "text/html"}
        data = None
        if who:
            headers["Cookie"] = self.facts["cookies"][who]
        if body is not None:
            cookie, token = self.token(who)
            headers |= {"Content-Type": "application/json", "X-CSRFToken": token}
            headers["Cookie"] += f"; {cookie}"
            data = json.dumps(body)
        link.request(method, path, body=data, headers=headers)
        answer = link.getresponse()
        content = answer.read()
        if connection is None:
            link.close()
        return answer.status, content, {name.lower(): value for name, value in answer.getheaders()}

    def token(self, who: str) -> tuple[str, str]:
        """The CSRF cookie and token of an account's entry page, read once."""
        if who not in self.tokens:
            link = self.connection()
            path = f"/submissions/{self.facts['submission']}/entry/"
            link.request("GET", path, headers={"Cookie": self.facts["cookies"][who]})
            answer = link.getresponse()
            page = answer.read().decode()
            found = TOKEN.search(page)
            if answer.status != 200 or found is None:
                raise SystemExit(f"No form for {who}: {answer.status}")
            self.tokens[who] = (answer.headers["Set-Cookie"].split(";")[0], found[1])
        return self.tokens[who]

    @property
    def save_path(self) -> str:
        """Where sections are saved."""
        return f"/submissions/{self.facts['submission']}/save/"


@contextlib.contextmanager
def served(*, tambon: int = 50, database_url: str = "") -> Iterator[Site]:
    """A server on fresh data: SQLite in a temporary folder, or the database given."""
    with tempfile.TemporaryDirectory(prefix="nakhon-bench-") as folder:
        environment = os.environ | {
            "PROFILE": "demo",
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LOG_LEVEL": "ERROR",
        }
        if database_url:
            environment["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.data", str(tambon)]
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise SystemExit(made.stderr)
        site = Site(free_port(), environment, json.loads(made.stdout.splitlines()[-1]))
        try:
            site.start()
            yield site
        finally:
            site.stop()
