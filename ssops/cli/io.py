"""What the operating system refuses, in words."""

from __future__ import annotations

import os

from ssops.messages import say
from ssops.model import message
from ssops.render.words import sentence


def words(fault: OSError) -> str:
    """Say what is wrong, with the file where the system names one."""
    why = (fault.strerror or type(fault).__name__).lower()
    if fault.filename is None:
        return sentence("error.io", why=why)
    return say(message("error.io.file", file=os.fsdecode(fault.filename), why=why))
