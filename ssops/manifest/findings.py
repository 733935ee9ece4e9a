"""How rules about resources make issues: id, place, sentence, and always a hint."""

from __future__ import annotations

from ssops.domain.rules import RULES
from ssops.manifest.document import Document
from ssops.model import Issue, Location, Path, Severity, message


def finding(
    rule: str, location: Location, excerpt: str, *, variant: str = "", hint: str = "", **args: str | int
) -> Issue:
    """Make an issue of a rule; its sentences are `rule[.variant]` and `rule[.hint or .variant].hint`."""
    said = message(f"{rule}.{variant}" if variant else rule, **args)
    remedy = message(".".join(filter(None, (rule, hint or variant, "hint"))), **args)
    return Issue(RULES[rule].severity, rule, said, location, remedy, excerpt)


class Findings:
    """The issues of one document, as its rules find them."""

    __slots__ = ("_document", "_issues")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._issues: list[Issue] = []

    def add(
        self,
        rule: str,
        path: Path,
        *,
        of_key: bool = False,
        variant: str = "",
        hint: str = "",
        **args: str | int,
    ) -> None:
        """Report a rule at the value at `path`, or at its key; the rest is as in `finding`."""
        location = self._document.locate(path, of_key=of_key)
        excerpt = self._document.excerpt(location)
        self._issues.append(finding(rule, location, excerpt, variant=variant, hint=hint, **args))

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues so far, sorted by place."""
        return tuple(sorted(self._issues, key=lambda issue: (issue.location, issue.rule)))

    @property
    def has_errors(self) -> bool:
        """Whether one of the issues is an error."""
        return any(issue.severity is Severity.ERROR for issue in self._issues)
