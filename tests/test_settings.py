"""Settings: the example names what is read, and nothing else; production refuses what is unsafe."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT, parsed, python_files

EXAMPLE = ROOT / ".env.example"
SAFE = {
    "PROFILE": "production",
    "SECRET_KEY": "k" * 25 + "9" * 25 + "-safe-for-a-test",
    "ALLOWED_HOSTS": "nakhon.example",
    "DATABASE_URL": "postgres://app@127.0.0.1/app",
}

# Read by Python or Django, not ours to document.
FOREIGN = {"DJANGO_SETTINGS_MODULE"}


def names_in_example(text: str) -> set[str]:
    """Names given or shown as `#NAME=`."""
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]*)=", text, re.MULTILINE))


def names_read(path: Path) -> set[str]:
    """Names a Python file reads by `env.….("NAME")`, `env("NAME")` or `os.environ`."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            found |= {part.value for part in ast.walk(node.slice) if isinstance(part, ast.Constant)}
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if re.fullmatch(r"env(\.\w+)?|os\.(environ\.\w+|getenv)", called):
                found.add(node.args[0].value)
    return {str(name) for name in found} - FOREIGN


def names_read_anywhere() -> set[str]:
    return set().union(*(names_read(path) for path in python_files()))


def test_the_example_names_every_setting_that_is_read():
    assert names_read_anywhere() - names_in_example(EXAMPLE.read_text(encoding="utf-8")) == set()


def test_every_setting_of_the_example_is_read():
    assert names_in_example(EXAMPLE.read_text(encoding="utf-8")) - names_read_anywhere() == set()


def test_a_setting_read_and_a_setting_shown_are_seen(tmp_path):
    code = tmp_path / "code.py"
    code.write_text('env.int("ONE")\nenv("TWO")\nos.environ["THREE"]\nos.environ.get("FOUR")\n', encoding="utf-8")
    assert names_read(code) == {"ONE", "TWO", "THREE", "FOUR"}
    assert names_in_example("A=1\n#B=\n# C=3 is a remark\n") == {"A", "B"}


def started(tmp_path: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """A start of the program with the safe production environment, changed here and there."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment = inherited | SAFE | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "nakhon_network.settings"}
    code = "import django; django.setup()"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment | changed, capture_output=True, text=True, check=False)


def test_production_starts_when_safe(tmp_path):
    assert started(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "sample-" + "x" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"PROFILE": "prod"}, "PROFILE"),
    ],
)
def test_production_refuses_to_start_unsafe(tmp_path, changed, told):
    refused = started(tmp_path, **changed)
    assert refused.returncode != 0
    assert told in refused.stderr.splitlines()[-1]


def test_the_sample_key_is_refused(tmp_path):
    sample = dict(line.split("=", 1) for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if "=" in line)
    assert "SECRET_KEY" in started(tmp_path, SECRET_KEY=sample["SECRET_KEY"]).stderr
