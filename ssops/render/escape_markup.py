"""Text from manifests and services on its way into Markdown and mermaid: it is shown, it never acts.

One function a sink. Each first makes hidden characters visible, as for a terminal.
"""

from __future__ import annotations

import re

from ssops.render.escape import visible

_MARKDOWN = re.compile(
    r"[\\`*_\[\]<>&#|!~@$]"
    r"|:(?=\S)"  # an address, an emoji
    r"|(?<=\bwww)\.|(?<=\bGH)-"
    r"|\A[-+=]|(?<=\A\d)[.)]|(?<=\A\d\d)[.)]"  # the start of a list or a heading
)
_MERMAID = re.compile(r"[^\w ./-]", re.ASCII)
_TICKS = re.compile(r"`{3,}")


def markdown(text: str) -> str:
    """Write text as it stands, in a paragraph, a list or a cell of a table: no link, mention, emoji, tag or emphasis.

    Entities, since GitHub looks for `@name`, `#1` and `http:` after backslashes are gone.
    """
    return _MARKDOWN.sub(lambda found: "".join(f"&#{ord(each)};" for each in found[0]), visible(text))


def fenced(lines: str, language: str) -> str:
    """Put lines in a code block that nothing in them can end. `lines` end with a line break and are visible already."""
    longest = max((len(found) for found in _TICKS.findall(lines)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{lines}{fence}"


def mermaid(text: str) -> str:
    """Write text inside a quoted mermaid label: everything but plain letters as an entity of mermaid's own form."""
    shown = visible(text)
    return _MERMAID.sub(lambda found: found[0] if found[0].isalpha() else f"#{ord(found[0])};", shown)
