"""Text from manifests and services on its way into Markdown and mermaid: it is shown, it never acts.

One function a sink. Each first makes hidden characters visible, as for a terminal.
"""

from __future__ import annotations

import re

from ssops.render.escape import visible

_MARKDOWN = re.compile(
    r"[\\`*\[\]<>&#|!~@$^]"
    r"|_(?![^\W_])|(?<![^\W_])_"  # inside a word it is no emphasis
    r"|:(?=//|[\w+-]+:)"  # an address, an emoji
    r"|(?<=\bwww)\.|(?<=\bGH)-"
    r"|\A[-+=]|\A[0-9]{1,9}[.)]"  # the start of a list or a heading
    r"|\A +| +\Z"  # the start of a block of code, a hard line break
)
_CALLS = re.compile(r"[@#!$%&~^](?=[\w\"'])|:(?=//|[\w+-]+:)|(?<=\bwww)\.|(?<=\bGH)-")
_BREAK = "\u200b"
_MERMAID = re.compile(r"[^\w /-]|(?<!\w)-|-(?!\w)")
_TICKS = re.compile(r"`{3,}")
_CODE = re.compile(r"[\w./:+~!-]+", re.ASCII)


def markdown(text: str) -> str:
    """Write text as it stands, in a paragraph, a list or a cell of a table: no link, mention, emoji, tag or emphasis.

    Platforms look for `@name`, `#1`, `:emoji:` and addresses in what Markdown has become, where entities and
    backslashes are gone: a zero-width space, which no text that is `visible` has of its own, parts these.
    """
    parted = _CALLS.sub(lambda found: f"{found[0]}{_BREAK}", visible(text))
    return _MARKDOWN.sub(_entities, parted).replace(_BREAK, "&#8203;")


def code(text: str) -> str:
    """Write a short name as code, the same in a paragraph and in a cell; as text where that could not hold it."""
    return f"`{text}`" if _CODE.fullmatch(text) else markdown(text)


def fenced(lines: str, language: str) -> str:
    """Put lines in a code block that nothing in them can end. `lines` end with a line break and are visible already."""
    longest = max((len(found) for found in _TICKS.findall(lines)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{lines}{fence}"


def mermaid(text: str) -> str:
    """Write text inside a quoted mermaid label: all but letters and digits as an entity of its own form."""
    return _MERMAID.sub(lambda found: f"#{ord(found[0])};", visible(text))


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(each)};" for each in found[0])
