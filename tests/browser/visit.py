"""One person's visit in a browser window of their own, with everything that went wrong on the way."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, expect

ROOT = Path(__file__).resolve().parents[2]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

PAGES = {
    "Overview": "overview",
    "Value stream map": "map",
    "Stages": "stages",
    "Bottleneck": "bottleneck",
    "What if": "what-if",
    "Summary": "summary",
    "Take it away": "take-away",
    "Share": "share",
    "How it is computed": "method",
}
"""Titles of the analysis pages, as in the menu, and their addresses."""


class Visit:
    """A browser window on the app; `faults` and `hosts` collect what no visit may have."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        dark: bool = False,
        phone: bool = False,
        scripts: bool = True,
        query: str = "",
    ) -> None:
        self.address = address
        self.query = query
        # On a deep link Streamlit's client looks for its server below the page's address first: two answers of 404.
        self._looked_for = tuple(f"{address}/{page}/_stcore/" for page in PAGES.values())
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        self.context = browser.new_context(
            viewport=PHONE if phone else WIDE,
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error in the page: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(parts.hostname or "")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].startswith(self._looked_for):
            self.faults.append(f"console: {message.text}")

    def open(self, path: str = "") -> None:
        """Go to an address of the app and wait until it has run."""
        self.page.goto(f"{self.address}/{path}{self.query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the server has run the page to its end and the browser shows it."""
        app = self.page.locator('[data-testid="stApp"]')
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)

    def upload(self, name: str, data: bytes) -> None:
        """Bring a file on the data page."""
        self.open()
        field = self.page.locator('[data-testid="stFileUploader"] input[type="file"]')
        field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
        expect(self.page.get_by_text(f"from {name}").first).to_be_visible()
        self.settle()

    def upload_file(self, path: Path) -> None:
        """Bring a file from the disk."""
        self.upload(path.name, path.read_bytes())

    def go_to(self, title: str) -> None:
        """Follow the menu to a page; the session stays."""
        menu = self.page.locator('[data-testid="stSidebar"]')
        expect(menu).to_be_attached()
        if menu.get_attribute("data-collapsed") == "true":
            self.page.locator('[data-testid="stExpandSidebarButton"]').click()
            expect(menu).to_have_attribute("data-collapsed", "false")
        menu.get_by_role("link", name=title, exact=True).click()
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
        self.settle()
        self.assert_healthy()

    def assert_healthy(self) -> None:
        """Check that the page shows no error of its own making."""
        expect(self.page.locator('[data-testid="stException"]')).to_have_count(0)

    @property
    def map(self) -> Locator:
        """The drawing of the value stream map."""
        return self.page.locator(".map svg")

    def stage(self, index: int) -> Locator:
        """One stage in the map."""
        return self.page.locator(f'.map .stage[data-stage="{index}"]')

    def close(self) -> None:
        """Close the window and forget the session's cookies."""
        self.context.close()
