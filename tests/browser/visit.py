"""One visit to one page, and everything that was wrong with it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import brotli
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

from tests.browser.chromium import Screen

WEIGHT_BUDGET = 60 * 1024
TEXTS = ("text/", "application/javascript", "application/json", "application/manifest", "image/svg")
# At night axe cannot tell what lies behind a transparent layer; the tokens' contrast has a test of its own.
AXE_OPTIONS = {"resultTypes": ["violations"]}


@dataclass
class Visit:
    """A page and what the browser said and fetched while it was open."""

    page: Page
    host: str
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", lambda response: self.responses.append(response))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.console.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # Broken off because the page was left before everything had come: nobody's fault.
        if request.failure != "net::ERR_ABORTED":
            self.console.append(f"failed: {request.url} {request.failure}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.host:
            self.foreign.append(request.url)

    def open(self, path: str) -> Response:
        """Go there and wait until nothing more is fetched."""
        response = self.page.goto(path, wait_until="networkidle")
        assert response is not None
        return response

    def follow(self, button: Locator) -> None:
        """Press what leads to another page, and wait until nothing more is fetched there."""
        self.responses.clear()
        with self.page.expect_navigation(wait_until="networkidle"):
            button.click()

    @property
    def weight(self) -> int:
        """Bytes of everything fetched, texts as brotli makes them."""
        return sum(weight_of(response) for response in self.responses)

    def problems(self, *, status: int = 200) -> list[str]:
        """What a visitor, a screen reader or the network would complain about."""
        found = [one for one in self.console if not (status >= 400 and f"status of {status}" in one)]
        found += [f"from another host: {url}" for url in self.foreign]
        if self.weight > WEIGHT_BUDGET:
            found.append(f"weighs {self.weight:,} bytes: {self._heaviest()}")
        return found + self.sights()

    def look_as(self, screen: Screen) -> None:
        """The same page in a window of another size and other colours."""
        self.page.emulate_media(color_scheme=screen.colours)  # type: ignore[arg-type]
        self.page.set_viewport_size({"width": screen.width, "height": screen.height})

    def sights(self) -> list[str]:
        """What is wrong with the page as it stands in this window."""
        return self.sideways() + self._axe()

    def sideways(self) -> list[str]:
        """Whether the page is wider than its window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [f"scrolls sideways by {wide} px"] if wide > 0 else []

    def _heaviest(self) -> str:
        by_weight = sorted(self.responses, key=weight_of, reverse=True)
        return ", ".join(f"{urlsplit(one.url).path} {weight_of(one):,}" for one in by_weight[:5])

    def _axe(self) -> list[str]:
        violations = Axe().run(self.page, options=AXE_OPTIONS).response["violations"]
        return [
            f"axe {one['id']}: {one['help']}: {node['html'][:200]}" for one in violations for node in one["nodes"][:5]
        ]


def weight_of(response: Response) -> int:
    """Bytes over the wire: as sent where it came as brotli, else as a proxy would compress it."""
    headers = response.headers
    if 300 <= response.status < 400 or response.url.startswith(("data:", "blob:")):
        return 0
    if headers.get("content-encoding") == "br" and "content-length" in headers:
        return int(headers["content-length"])
    body = response.body()
    is_text = headers.get("content-type", "").startswith(TEXTS)
    return len(brotli.compress(body, quality=5)) if is_text else len(body)
