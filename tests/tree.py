"""The source tree as the architecture and convention tests read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("tambon_survey", "meetings", "organizations")
PACKAGES = ("nakhon_network", *APPS)


def python_files(*folders: str, migrations: bool = False) -> list[Path]:
    """Python files below folders of the repository (our packages where none is named)."""
    found = [path for folder in folders or PACKAGES for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if migrations or "migrations" not in path.parts]


def files(folder: str, suffix: str) -> list[Path]:
    """Files of one kind below a folder of the repository; none where there is no folder."""
    return sorted((ROOT / folder).rglob(f"*{suffix}"))


def view_files() -> list[Path]:
    """Where views live: `views/` of each app, and the project's own pages."""
    own = [
        ROOT / "nakhon_network" / name for name in ("calendars.py", "home.py", "health.py", "errors.py", "privacy.py")
    ]
    found = [path for app in APPS for path in python_files(app) if "views" in path.parent.parts]
    own += [ROOT / "nakhon_network/open_data" / name for name in ("answers.py", "views.py")]
    return found + [path for path in own if path.exists()]


def place(path: Path, line: int | None = None) -> str:
    """A file (and line) as a failure names it."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return f"{name}:{line}" if line else name


def parsed(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a syntax tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())
