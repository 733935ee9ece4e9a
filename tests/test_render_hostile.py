"""Names that try to leave their place, in every place of a plan and every document: the structure stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hostile_names import NAMES
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from scenario import blocked

from ssops.model import Address, Advice, Annotations, Change, Issue, Location, Message, Plan, Role
from ssops.render import html, markdown, text_plan
from ssops.render.escape import visible
from ssops.render.escape_markup import code, mermaid
from ssops.render.escape_markup import markdown as escaped
from ssops.render.style import paint

MARKUP = {
    "mention": "@octocat and @org/team, a@example.com",
    "references": '#1 owner/repo#2 GH-3 !4 $5 %6 &7 ~bug %"next" ^alert#8',
    "addresses": "https://example.com http://a.b www.example.com ftp://c.d",
    "emoji": ":+1: :tada: a:b:c",
    "list": "- a",
    "ordered": "123456789) a",
    "heading": "# a",
    "underlined": "===",
    "indented": "     a",
    "hard-break": "a  ",
    "backslash": "a\\",
    "emphasis": "*a* _b_ __c__ ~~d~~ a_b_c $x$",
    "row": "| a | b |",
    "details": "</details></summary><!--",
    "label": 'a"]:::x; click n0 "javascript:1" --> n9',
    "label-list": "1. a",
    "reference": "[a]: https://example.com",
}
HOSTILE = NAMES | MARKUP
HARMLESS = "harmless"
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CALLS = re.compile(r"(?<!\w)@\w|#\d|\bGH-\d|://|\bwww\.\w|:[\w+-]+:|[!$%&~]\d|~\w")
NODE = re.compile(r'  n\d+\["((?:[\w /-]|#\d+;|<br/>)*)"\]:::[a-z]+')


def spread(plan: Plan, text: str) -> Plan:
    """Put a text wherever a plan can hold one that somebody wrote."""
    return replace(
        plan,
        organization=text,
        against=text,
        changes=tuple(_change(change, text) for change in plan.changes),
        issues=tuple(_issue(issue, text) for issue in plan.issues),
        unmanaged=(text,) * len(plan.unmanaged),
    )


def _change(change: Change, text: str) -> Change:
    fields = (
        replace(each, path=(*each.path[:2], *(text for _ in each.path[2:3]), *each.path[3:]), **_values(each, text))
        for each in change.fields
    )
    role = change.role
    return replace(
        change,
        name=text,
        fields=tuple(fields),
        role=role and Role(text, text, role.verdict, text),
        location=Location(text, 3, 4),
        advice=tuple(Advice(_said(one.reason, text), one.remedy and _said(one.remedy, text)) for one in change.advice),
        annotations=Annotations(text, text, text),
    )


def _values(field: Any, text: str) -> dict[str, Any]:
    return {name: _filled(getattr(field, name), text) for name in ("before", "after")}


def _filled(data: Any, text: str) -> Any:
    match data:
        case str():
            return text and data and text
        case dict():
            return {name: each if name == "type" else _filled(each, text) for name, each in data.items()}
        case list():
            return [_filled(each, text) for each in data]
        case _:
            return data


def _said(said: Message, text: str) -> Message:
    return Message(said.id, tuple((name, text if isinstance(value, str) else value) for name, value in said.args))


def _issue(issue: Issue, text: str) -> Issue:
    return replace(issue, message=_said(issue.message, text), hint=None, excerpt=text, location=Location(text, 1, 2))


def tokens(source: str) -> Iterator[Token]:
    for token in PARSER.parse(source):
        yield token
        yield from token.children or ()


def skeleton(source: str) -> list[tuple[str, ...]]:
    """Everything of a Markdown document but its texts."""
    found: list[tuple[str, ...]] = []
    for token in tokens(source):
        match token.type:
            case "inline" | "text" | "softbreak":
                continue
            case "html_block" | "html_inline" | "code_inline":
                found.append((token.type, token.content))
            case "fence":
                signs = "".join(line[:1] for line in token.content.splitlines())
                found.append((token.type, token.info, signs if token.info == "diff" else ""))
            case _:
                found.append((token.type, token.tag, token.markup, str(token.level)))
    return found


def texts(source: str) -> str:
    return "\n".join(token.content for token in tokens(source) if token.type == "text")


PLAN = blocked()
EXPECTED = skeleton(markdown.text(spread(PLAN, HARMLESS), budget=10**7))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_when_a_text_is_hostile_then_only_texts_differ(text: str) -> None:
    made = markdown.text(spread(PLAN, text), budget=10**7)

    assert skeleton(made) == EXPECTED
    assert CALLS.search(texts(made)) is None
    shown = "".join(token.content for token in tokens(made) if token.type == "text").replace("\u200b", "")
    assert shown.count(visible(text).strip()) >= 10


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_markdown_when_any_text_is_in_a_cell_a_list_and_a_paragraph_then_it_is_shown_as_it_is(text: str) -> None:
    shown = escaped(text)
    rest = visible(text)

    for source in (f"| a |\n| --- |\n| {shown} |", f"- {shown}", f"**a** {shown}", f"a ({shown})\n\n{shown}"):
        assert {token.type for token in tokens(source)} <= {
            *("inline", "text", "strong_open", "strong_close", "paragraph_open", "paragraph_close"),
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
            *("table_open", "thead_open", "tr_open", "th_open", "th_close", "tr_close", "thead_close"),
            *("tbody_open", "td_open", "td_close", "tbody_close", "table_close"),
        }
        assert rest.strip() in texts(source).replace("\u200b", "").replace("\n", "")
        assert CALLS.search(texts(source)) is None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_when_an_address_was_forged_then_it_is_no_markup_either(text: str) -> None:
    (change, *others) = PLAN.changes
    forged = replace(change, address=Address(change.address.kind, text, text))

    made = markdown.text(replace(PLAN, changes=(forged, *others), digest=text), budget=10**7)

    harmful = {"link_open", "image", "html_inline", "em_open", "s_open", "hr", "code_block", "softbreak", "hardbreak"}
    assert harmful.isdisjoint(token.type for token in tokens(made))
    assert {token.content for token in tokens(made) if token.type == "html_block"} == {
        content for type, *rest in EXPECTED if type == "html_block" for content in rest
    }


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_mermaid_when_a_text_is_hostile_then_labels_hold_it(text: str) -> None:
    made = markdown.text(spread(PLAN, text), budget=10**7)

    (drawn,) = [token.content for token in tokens(made) if token.type == "fence" and token.info == "mermaid"]
    nodes = [line for line in drawn.splitlines() if '"' in line]
    assert len(nodes) == 10
    assert [line for line in nodes if not NODE.fullmatch(line)] == []
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), mermaid(text)) == visible(text)


class Structure(HTMLParser):
    """Tags and attributes of a page, without the values that come from data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, None if name in ("data-space", "value") else value) for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def somewhere(plan: Plan, text: str) -> Plan:
    """Also in the space of the first change, which is an attribute of the page."""
    first = plan.changes[0]
    address = first.address._replace(space=text)
    return replace(plan, changes=(replace(first, address=address), *plan.changes[1:]))


PAGE = Structure(html.text(somewhere(spread(PLAN, HARMLESS), HARMLESS)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_html_when_a_text_is_hostile_then_only_texts_differ(text: str) -> None:
    page = html.text(somewhere(spread(PLAN, text), text))
    found = Structure(page)

    assert sorted(map(str, found.tags)) == sorted(map(str, PAGE.tags))
    assert "".join(found.texts).count(visible(text)) >= 20
    assert [line for line in page.split("\n") if visible(line) != line] == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_terminal_when_a_text_is_hostile_then_lines_and_colours_are_the_same(text: str) -> None:
    harmless, hostile = (
        paint(text_plan.lines(spread(PLAN, each), full=True), colour=True).split("\n") for each in (HARMLESS, text)
    )

    codes = re.compile(r"\x1b\[[0-9;]*m")
    assert [codes.findall(line) for line in hostile] == [codes.findall(line) for line in harmless]
    assert [line for line in hostile if visible(codes.sub("", line)) != codes.sub("", line)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    {
        "space/sales": "`space/sales`",
        f"sha256:{'0' * 64}": f"`sha256:{'0' * 64}`",
        "a`b": "a&#96;b",
        "a b": "a b",
        "": "",
    }.items(),
)
def test_code_when_it_cannot_hold_a_text_then_it_is_text(text: str, shown: str) -> None:
    assert code(text) == shown
