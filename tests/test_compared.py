"""What docs/compared.md says that ssops shows is what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from planning import PBX, PBX_SPEC, SPACE, SPACE_SPEC, plan, put

from ssops.render import text_change
from ssops.render.style import paint

DOCUMENT = Path(__file__).parent.parent / "docs" / "compared.md"


def test_compared_when_ssops_is_quoted_then_it_says_just_that() -> None:
    retyped = put(PBX_SPEC, ("agent", "keys", "order_id", "type"), "string")
    wanted = put(retyped, ("shared", "keys", "campaign"), {"type": "string", "name": "Campaign"})

    (change,) = plan({SPACE: SPACE_SPEC, PBX: wanted}, {SPACE: SPACE_SPEC, PBX: PBX_SPEC}).changes

    (quoted,) = re.findall(r"```diff\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert quoted == paint(text_change.details(change, full=False), colour=False)
