"""The real browser: where it is, how it is started, and which screens people have."""

import shutil
from typing import Any, NamedTuple

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_FOUND = f"""\
No Chromium was found in PATH (looked for {", ".join(NAMES)}).
Install one (Debian: apt-get install chromium fonts-thai-tlwg) or run `make test`, which needs none."""


class Screen(NamedTuple):
    """A device's window, in CSS pixels, and the colours it asks for."""

    width: int
    height: int
    colours: str = "light"

    @property
    def context(self) -> dict[str, Any]:
        """What Playwright's `new_context` takes."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": self.colours,
            "has_touch": self.width < 800,
            "locale": "th-TH",
            "timezone_id": "Asia/Bangkok",
        }


SCREENS = {
    "phone": Screen(360, 740),
    "small phone": Screen(320, 640),
    "laptop": Screen(1366, 768),
    "laptop at night": Screen(1366, 768, "dark"),
}


def launch_arguments() -> dict[str, Any]:
    """What Playwright's `launch` takes; ends the run with a clear message where there is no browser."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit(NOT_FOUND)
    return {"executable_path": found, "args": ARGUMENTS}
