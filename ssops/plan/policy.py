"""The team's policy on changes: protected resources are left alone, and one plan changes no more than so much.

`protect` is a word of ssops: it is recorded with the resource and never sent to SpeechSense. What is recorded protects
as well as what is written, so whoever takes the line away has that reviewed and applied before anything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ssops.model import Address, Change, Entry, FieldChange, Issue, Kind, Location, Severity, Spec, message
from ssops.plan import diff
from ssops.plan.inputs import Inputs
from ssops.plan.stops import Stop, stop

PROTECT = "protect"
RULE = "policy-protected"


def is_protection(field: FieldChange) -> bool:
    """Tell the move of `protect` itself."""
    return field.path == (PROTECT,)


def update(address: Address, desired: Spec, recorded: Spec | None) -> Stop | None:
    """Say why a resource may not be changed; None where it may, or where only its protection comes or goes."""
    was, becomes = _is_on(recorded), _is_on(desired)
    if not was and not becomes:
        return None
    # Against what is recorded, not what is live: drift must not stand in the way of lifting the protection.
    asked = [] if recorded is None else diff.diff(desired, recorded, recorded)
    if was != becomes and asked and all(map(is_protection, asked)):
        return None
    variant = "lifted" if not becomes else "new" if not was else "" if asked else "drift"
    return stop(RULE, variant, address=str(address))


def deletion(inputs: Inputs, entry: Entry) -> Stop | None:
    """Say why a resource may not be deleted: it is protected, or in a space something is that goes with it."""
    address = entry.address
    if _is_on(inputs.desired.spec(address)) or _is_recorded(inputs, address):
        return stop(RULE, "deletion", address=str(address))
    if address.kind is not Kind.SPACE:
        return None
    inside = (known for known in sorted(inputs.recorded.entries) if known.space == address.ref and known != address)
    held = next((known for known in inside if _is_recorded(inputs, known)), None)
    return None if held is None else stop(RULE, "inside", address=str(address), inside=str(held))


def too_many(inputs: Inputs, ordered: Sequence[Change]) -> Iterator[Issue]:
    """Give an error for each space with more changes than the policy allows. Rule policy-max-changes."""
    limit = inputs.max_changes
    for space, count in sorted(_counts(ordered).items()):
        if limit is not None and count > limit:
            said = message("policy-max-changes", count=count, limit=limit, space=space)
            hint = message("policy-max-changes.hint", space=space)
            yield Issue(Severity.ERROR, "policy-max-changes", said, Location("ssops.yaml"), hint)


def _counts(changes: Iterable[Change]) -> Counter[str]:
    return Counter(change.address.space for change in changes)


def _is_on(spec: Spec | None) -> bool:
    return spec is not None and spec.get(PROTECT) is True


def _is_recorded(inputs: Inputs, address: Address) -> bool:
    return address in inputs.recorded.entries and _is_on(inputs.recorded.spec(address))
