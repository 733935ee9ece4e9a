"""Write the pictures of docs/images: the page of the golden plan that is blocked, as a browser shows it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from scenario import plans
from test_browser import CHROMIUM, FLAGS, SCHEMES

from ssops.render import html

IMAGES = Path(__file__).parent.parent / "docs" / "images"
UNFOLDED = "#c4"
PICTURES = {"light": ("header", 880), "dark": ("#changes", 660)}
"""Scheme -> what stands at the top of its picture, and how high the picture is."""


def main() -> None:
    """Take one picture for each colour scheme."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        page = Path(folder) / "plan.html"
        page.write_text(html.text(plans()["blocked"]), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in SCHEMES:
            _take(browser, page, scheme)
        browser.close()


def _take(browser: Browser, path: Path, scheme: str) -> None:
    with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        top, height = PICTURES[scheme]
        page.set_viewport_size({"width": 960, "height": height})
        page.goto(path.as_uri())
        page.locator(UNFOLDED).evaluate("(row) => { row.querySelector('details').open = true; }")
        page.locator(top).evaluate("(element) => scrollTo(0, element.offsetTop - 16)")
        page.screenshot(path=IMAGES / f"report-{scheme}.png")


if __name__ == "__main__":
    main()
