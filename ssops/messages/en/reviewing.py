"""What ssops says about languages and about the documents of a plan."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.lang": "Speak this language; also SSOPS_LANG.",
    "help.budget": "Write Markdown in at most so many characters; what is cut is counted.  [default: 65536]",
    "usage.lang": "no language '{given}'; known are: {known}",
    "usage.budget": "a budget of {given} characters is too small: the verdict and the next step need {least}",
    "usage.plan_format": "only a plan file can be shown as {given}",
    "usage.plan_format.hint": "name a file that 'ssops plan --out FILE' wrote, or show the resource as text or json",
}
