"""The page of a plan in a real browser: filters, keyboard, anchors, no scripts, both colour schemes, nothing asked for.

Debian's chromium is driven; CI has it, and elsewhere these tests are skipped where it is missing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from scenario import plans

from ssops.messages import LANGUAGES, speaking
from ssops.render import html

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TIMEOUT_MS = 20_000
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ROWS = ".changes > li"
CONTRAST = """
() => {
  const light = (text) => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const worst = [];
  for (const element of document.body.querySelectorAll("*")) {
    const has = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!has || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) worst.push([element.tagName, element.className, ratio]);
  }
  return worst;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("chromium is not installed")
    assert CHROMIUM is not None, "CI has no chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=60_000)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "plan.html"
    path.write_text(html.text(plans()["blocked"]), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    with browser.new_context() as context:
        context.set_default_timeout(TIMEOUT_MS)
        shown = context.new_page()
        shown.goto(report.as_uri())
        yield shown


def visible(page: Page) -> list[str]:
    return [row.locator("code").first.inner_text() for row in page.locator(ROWS).all() if row.is_visible()]


def test_page_when_it_is_loaded_then_nothing_else_is_and_nothing_fails(browser: Browser, report: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(report.as_uri())
        page.locator("summary").first.click()
        page.wait_for_load_state("networkidle")

    assert asked == [report.as_uri()]
    assert said == []


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("space", "field", ["space/field"]),
        ("space", "support", ["connection/support/hotline", "connection/support/site-chat"]),
        ("reversibility", "impossible", ["connection/support/site-chat"]),
        (
            "reversibility",
            "one_way",
            ["connection/sales/call-tracking", "connection/sales/office-pbx", "project/sales/old-campaign"],
        ),
        ("execution", "assisted", ["space/field", "connection/sales/call-tracking"]),
        ("execution", "blocked", ["connection/support/site-chat"]),
    ],
)
def test_filter_when_a_box_is_cleared_then_its_rows_go_and_come_back(
    page: Page, name: str, value: str, hidden: list[str]
) -> None:
    everything = visible(page)
    box = page.locator(f'input[data-filter="{name}"][value="{value}"]')

    box.click()

    assert visible(page) == [each for each in everything if each not in hidden]
    assert page.locator("output").inner_text() == f"{len(everything) - len(hidden)} of {len(everything)} shown"

    page.locator("[data-reset]").click()

    assert visible(page) == everything
    assert box.is_checked()


def test_filter_when_every_box_is_counted_then_each_hides_as_many_rows_as_it_says(page: Page) -> None:
    count = len(visible(page))
    boxes = page.locator("label").all()

    assert len(boxes) == 3 + 3 + 3
    for label in boxes:
        said = int(label.locator("small").inner_text())
        label.click()
        assert len(visible(page)) == count - said
        label.click()


def test_keyboard_when_tab_and_space_are_used_then_all_is_reached(page: Page) -> None:
    focus = "() => document.activeElement.className || document.activeElement.dataset.filter || ''"
    page.keyboard.press("Tab")
    assert page.evaluate(focus) == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "changes"

    page.keyboard.press("Tab")
    assert page.evaluate(focus) == "space"
    page.keyboard.press("Space")
    assert "space/field" not in visible(page)
    page.keyboard.press("Space")

    for _ in range(10):  # the other boxes, and the button
        page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("#c1 pre").is_visible()


def test_anchor_when_it_is_followed_then_the_details_are_open(page: Page) -> None:
    details = page.locator("#c6 details")
    assert details.get_attribute("open") is None

    page.locator('section.stop a[href="#c6"]').click()

    assert page.locator("#c6 pre").is_visible()
    assert "order_id" in page.locator("#c6 pre").inner_text()


def test_anchor_when_its_row_is_filtered_then_it_is_shown_again(page: Page) -> None:
    page.locator('input[value="blocked"]').click()

    page.locator('section.stop a[href="#c6"]').click()

    assert page.locator("#c6 pre").is_visible()


def test_page_when_scripts_are_off_then_everything_is_readable(browser: Browser, report: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(report.as_uri())

        assert not page.locator("form.filters").is_visible()
        assert len(visible(page)) == 8
        page.locator("#c2 summary").click()
        assert page.locator("#c2 pre").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_page_when_shown_in_a_scheme_then_every_text_has_contrast(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], language: str
) -> None:
    path = tmp_path / "plan.html"
    with speaking(language):
        path.write_text(html.text(plans()["blocked"]), encoding="utf-8")
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")

        worst: Any = page.evaluate(CONTRAST)
        background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        picture = page.screenshot(full_page=True)

        assert worst == []
        assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]
        assert page.locator("html").get_attribute("lang") == language
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 20_000


@pytest.mark.parametrize("name", plans())
def test_page_when_read_by_a_screen_reader_then_it_has_names_and_order(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "plan.html"
    path.write_text(html.text(plans()[name]), encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(path.as_uri())
        levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3')].map((each) => each.tagName)")
        unnamed = page.evaluate(
            "() => [...document.querySelectorAll('input')].filter((each) => !each.labels.length).length"
        )
        dangling = page.evaluate(
            "() => [...document.querySelectorAll('[aria-labelledby], a[href^=\"#\"]')].map((each) => "
            "each.getAttribute('aria-labelledby') || each.hash.slice(1)).filter((id) => !document.getElementById(id))"
        )
        twice = page.evaluate(
            "() => [...document.querySelectorAll('[id]')].map((each) => each.id)"
            ".filter((id, at, all) => all.indexOf(id) !== at)"
        )

    assert levels[0] == "H1"
    assert set(levels[1:]) == {"H2"}
    assert (unnamed, dangling, twice) == (0, [], [])


def test_page_when_the_window_is_narrow_then_it_does_not_scroll_sideways(browser: Browser, report: Path) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(report.as_uri())

        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
