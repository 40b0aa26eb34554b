"""Run the test suite on a throw-away PostgreSQL server: `python -m tests.postgres [pytest arguments]`.

The server lives in a temporary folder, listens on a free loopback port and is stopped whatever happens.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

NOT_FOUND = """\
No PostgreSQL server programs (initdb, postgres) were found in PATH, by pg_config or in /usr/lib/postgresql.
Install them (Debian: apt-get install postgresql) or run `make test`, which needs none."""
SPEED = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=128MB",
)


def server_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, the newest where there are several."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        folders += [Path(told)] if told else []
    found = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(found, key=lambda folder: float(folder.parent.name), reverse=True)
    return next(
        (folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres"))),
        None,
    )


def free_port() -> int:
    """A loopback port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def owner() -> dict[str, object]:
    """Who runs the server: PostgreSQL refuses root, so root hands over to `postgres` (or `nobody`)."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


@contextlib.contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A fresh, running cluster; yields its database URL."""
    folder = Path(tempfile.mkdtemp(prefix="nakhon-postgres-"))
    who = owner()
    if who:
        shutil.chown(folder, int(str(who["user"])), int(str(who["group"])))
    try:
        make_cluster(programs, folder, who)
        port = free_port()
        with running(programs, folder, port, who):
            yield f"postgres://app@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path, who: dict[str, object]) -> None:
    """Create the cluster's files. LC_CTYPE must know Thai letters, which plain `C` does not."""
    made = subprocess.run(
        [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "app",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        **who,  # type: ignore[call-overload]
    )
    if made.returncode:
        raise SystemExit(f"initdb failed:\n{made.stdout}{made.stderr}")


@contextlib.contextmanager
def running(programs: Path, folder: Path, port: int, who: dict[str, object]) -> Iterator[None]:
    """The server process, from its first answer until it has gone."""
    options = [part for setting in (*SPEED, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    command = [programs / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), *options]
    log_path = folder / "log"
    with log_path.open("wb") as log:
        # Its own session, so that Ctrl-C at the terminal reaches pytest first and the server is stopped last.
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **who)  # type: ignore[call-overload]
    try:
        wait_for(server, port, log_path)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path, seconds: float = 30) -> None:
    """Return once the server answers on its port."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            if b"ready to accept connections" in log.read_bytes():
                return
        time.sleep(0.05)
    raise SystemExit(f"The PostgreSQL server did not start:\n{log.read_text(errors='replace')}")


def main(arguments: list[str]) -> int:
    """Start the server, run pytest against it and stop it; pytest's own exit code."""
    programs = server_programs()
    if programs is None:
        print(NOT_FOUND, file=sys.stderr)
        return 3
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(programs) as url:
        environment = os.environ | {"DATABASE_URL": url}
        pytest = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], env=environment)
        try:
            return pytest.wait()
        except BaseException:
            # Ctrl-C has reached pytest too: let it end its workers before their server goes.
            if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
                pytest.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                pytest.wait(timeout=20)
            pytest.kill()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
