"""What libyaml says about text that is not YAML, put into words of ours and at a place of the file."""

from __future__ import annotations

from yaml.error import MarkedYAMLError, YAMLError

from ssops.manifest.faults import Fault, shown
from ssops.model import message

NO_COLON = "could not find expected ':'"

VARIANTS = {
    "mapping values are not allowed in this context": "colon",
    NO_COLON: "no-colon",
    "did not find expected key": "key",
    "did not find expected '-' indicator": "dash",
    "block sequence entries are not allowed in this context": "dash",
    "did not find expected ',' or ']'": "bracket",
    "did not find expected ',' or '}'": "bracket",
    "did not find expected node content": "content",
    "found unexpected end of stream": "quote",
    "found unexpected document indicator": "quote",
    "found a tab character that violates indentation": "tab",
    "found a tab character where an indentation space is expected": "tab",
    "did not find expected alphabetic or numeric character": "name",
    "did not find expected comment or line break": "block",
    "found unknown escape character": "escape",
    "did not find expected hexdecimal number": "escape",
    "found invalid Unicode character escape code": "escape",
    "did not find expected <document start>": "document",
    "found incompatible YAML document": "version",
    "found duplicate %YAML directive": "version",
    "found unknown directive name": "directive",
}
"""libyaml's words -> the variant of our sentence `yaml-syntax`. Other words are passed on as they are."""

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def fault(error: YAMLError, text: str) -> Fault:
    """Say a syntax error in words of the catalogue; libyaml's own words where there are none of ours."""
    offset, problem = 0, str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if error.problem == NO_COLON and error.context_mark is not None:
            mark = error.context_mark  # where the key begins; libyaml notices on the line after it
        offset = min(mark.index, len(text)) if mark is not None else 0
        problem = error.problem or problem
    start = text.rfind("\n", 0, offset) + 1
    if text.startswith(_CONFLICT, start):
        return Fault(start, message("yaml-syntax.conflict"))
    if problem == "found character that cannot start any token":
        variant = "tab" if text[offset : offset + 1] == "\t" else "sign"
        return Fault(offset, message(f"yaml-syntax.{variant}", sign=text[offset : offset + 1]))
    if variant := VARIANTS.get(problem, ""):
        return Fault(offset, message(f"yaml-syntax.{variant}"))
    return Fault(offset, message("yaml-syntax", problem=shown(problem)))
