"""The house's shape: budgets, rooms and arrows."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tree import PACKAGES, ROOT, files, functions, lines_of, parsed, place, python_files

DRAWERS = {"utils", "helpers", "services", "managers", "signals", "selectors", "common", "misc"}

# Imports that cannot stand at the top of their file, and why.
LOCAL_IMPORTS = {
    "nakhon_network/apps.py": "checks register themselves once the apps are loaded",
}


def too_long(paths: list[Path], budget: int) -> list[str]:
    return [f"{place(path)}: {lines_of(path)} lines" for path in paths if lines_of(path) > budget]


def long_functions(paths: list[Path], budget: int) -> list[str]:
    found = []
    for path in paths:
        for function in functions(parsed(path)):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > budget:
                found.append(f"{place(path, function.lineno)}: {function.name} has {length} lines")
    return found


def local_imports(paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for function in functions(parsed(path)):
            inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            found += [place(path, node.lineno) for node in inner if place(path) not in LOCAL_IMPORTS]
    return found


@pytest.mark.parametrize(
    ("folder", "suffix", "budget"),
    [*((name, ".py", 400) for name in (*PACKAGES, "tests")), ("templates", ".html", 150), ("static/js", ".js", 150)],
)
def test_no_file_outgrows_its_budget(folder, suffix, budget):
    paths = [path for path in files(folder, suffix) if "migrations" not in path.parts]
    assert too_long(paths, budget) == []


def test_no_function_outgrows_forty_lines():
    assert long_functions(python_files(*PACKAGES, "tests"), 40) == []


def test_no_module_is_a_drawer_without_a_label():
    paths = python_files(*PACKAGES, "tests", migrations=True)
    parts = {place(path): {path.stem, *path.relative_to(ROOT).parent.parts} for path in paths}
    assert [name for name, names in parts.items() if names & DRAWERS] == []


def test_imports_stand_at_the_top():
    assert local_imports(python_files()) == []


def test_every_allowed_local_import_is_still_needed():
    unused = [name for name in LOCAL_IMPORTS if not (ROOT / name).exists()]
    assert unused == []


def test_the_arrows_hold():
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_module_of_the_project_package_has_its_layer():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = " ".join(settings["tool"]["importlinter"]["contracts"][0]["layers"])
    package = ROOT / "nakhon_network"
    modules = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    named = {name.strip("():").removeprefix("nakhon_network.") for name in layers.split()}
    assert modules - named - {"__init__"} == set()


def test_these_tests_can_fail(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("def long():\n    import os\n" + "    os.getcwd()\n" * 400, encoding="utf-8")
    assert too_long([bad], 400) and long_functions([bad], 40) and local_imports([bad])
