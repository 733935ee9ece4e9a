"""The splitting of single-channel dialogs: canonical form and rules."""

from __future__ import annotations

import re
from typing import Any

from ssops.domain.limits import PHRASES, WORDS_PER_PHRASE
from ssops.manifest.faults import shown
from ssops.manifest.findings import Findings
from ssops.model import Json

# Nine digits are plenty for a segment and keep a hostile number out of int().
_SEGMENT = re.compile(r"(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")


def split(written: Json, findings: Findings) -> Json:
    """Give the canonical splitting. Rules: segment-invalid, phrase-too-long, phrases-missing, phrases-limit*."""
    if written["by"] == "duration":
        return {"by": "duration", "segment_s": _segment_s(written["segment"], findings)}
    lists = {side: written.get(side, []) for side in ("start", "finish")}
    _check_phrases(lists, findings)
    return {"by": "phrases", **lists}


def _segment_s(text: str, findings: Findings) -> int:
    match = _SEGMENT.fullmatch(text)
    minutes, seconds = match.groups(default="0") if match else ("0", "0")
    length_s = int(minutes) * 60 + int(seconds)
    if length_s == 0:
        findings.add("segment-invalid", ("split", "segment"), segment=shown(text))
    return length_s


def _check_phrases(lists: dict[str, Any], findings: Findings) -> None:
    for side, phrases in lists.items():
        for index, phrase in enumerate(phrases):
            if (words := len(phrase.split())) > WORDS_PER_PHRASE:
                path = ("split", side, index)
                findings.add("phrase-too-long", path, phrase=shown(phrase), words=words, limit=WORDS_PER_PHRASE)
        if len(phrases) > PHRASES:
            findings.add("phrases-limit", ("split", side), of_key=True, side=side, count=len(phrases), limit=PHRASES)
    counts = [len(phrases) for phrases in lists.values()]
    if not any(counts):
        findings.add("phrases-missing", ("split",), of_key=True)
    elif max(counts) <= PHRASES < sum(counts):
        findings.add("phrases-limit-unclear", ("split",), of_key=True, count=sum(counts), limit=PHRASES)
