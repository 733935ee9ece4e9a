"""What is damaged and yet does not stop a command: the result stands, and it is said what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from ssops.cli.output import Output
from ssops.errors import Exit, StateFault
from ssops.messages import say
from ssops.render.style import Style, line
from ssops.render.words import sentence


def told(output: Output, faults: Sequence[StateFault]) -> Exit:
    """Say of each what is wrong; give the exit code of a result that is not whole."""
    for fault in faults:
        output.complain(say(fault.message))
    hint = faults[0].hint if faults else None
    if hint is not None:
        output.talk(line((sentence("render.hint", hint=say(hint)), Style.FAINT)))
    return Exit.ERROR if faults else Exit.OK
