"""The nouns of ssops: what every stage takes and returns. Read this page first.

Data walks one way: files -> documents -> resources -> changes -> plan -> outcomes. Everything here is a frozen
value and imports nothing else of ours. What a run holds by the ten thousand is a NamedTuple: made four times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

Json = Any
"""JSON data as `json.loads` gives it: None, bool, int, float, str, list, dict with string keys."""

Spec = Mapping[str, Any]
"""The canonical fields of one resource, plain JSON data. A field that is absent is not managed: it is left as it is.

all:        name, description, [protect]
space:      [billing_account], [access: {role: [subject, ...] sorted}]
connection: data_type, [retired], agent, customer, [bot], shared, [split]
            each section is {"keys": {key: {"type", ["name"], ["description"], ["retired"]}}, ["channel": 0 | 1]}
            split is {"by": "duration", "segment_s": seconds} or {"by": "phrases", "start": [...], "finish": [...]}
project:    connection (a ref), filters: {key: value}
"""

Path = tuple[str | int, ...]
"""Where a value stands inside JSON data: mapping keys and list indexes from the root."""


class Kind(StrEnum):
    """What sort of resource a document describes, in order of creation."""

    SPACE = "space"
    CONNECTION = "connection"
    PROJECT = "project"

    __hash__ = str.__hash__  # an enum's own hash is a call of Python, and addresses are hashed by the ten thousand


class Severity(StrEnum):
    """How much an issue matters: an error stops the run at the next gate, a warning travels with the plan."""

    ERROR = "error"
    WARNING = "warning"


class Action(StrEnum):
    """What becomes of one resource."""

    CREATE = "create"
    UPDATE = "update"
    RETIRE = "retire"  # recorded only: SpeechSense keeps the object, producers are warned
    REMOVE = "remove"  # its document is gone; always blocked, SpeechSense deletes nothing by omission
    DELETE = "delete"  # asked for by `delete: true` on a space or project


class Reversibility(StrEnum):
    """Whether a change can be taken back."""

    REVERSIBLE = "reversible"
    ONE_WAY = "one_way"
    IMPOSSIBLE = "impossible"


class Execution(StrEnum):
    """Who carries a change out: a call, a person, nobody."""

    AUTO = "auto"
    ASSISTED = "assisted"
    BLOCKED = "blocked"


class Grade(StrEnum):
    """How well a recorded fact is known, weakest first."""

    DECLARED = "declared"
    ATTESTED = "attested"
    OBSERVED = "observed"
    CONFIRMED = "confirmed"


class RoleVerdict(StrEnum):
    """Whether the actor holds the role that a change needs."""

    GRANTED = "granted"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a plan comes to."""

    NO_CHANGES = "no_changes"
    CHANGES = "changes"
    BLOCKED = "blocked"


class Status(StrEnum):
    """What became of one change when it was applied."""

    APPLIED = "applied"
    PENDING = "pending"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue (`ssops.messages`) by id, with the values that fill it; said in a language later."""

    id: str
    args: tuple[tuple[str, str | int], ...] = ()


def message(id: str, /, **args: str | int) -> Message:
    """Name a sentence of the catalogue; `args` fill its `{placeholders}`."""
    return Message(id, tuple(sorted(args.items())))


class Location(NamedTuple):
    """A place in a manifest. `file` is relative to the folder of ssops.yaml, with `/`; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Issue:
    """A reported fault: which rule spoke, where, what is wrong and what to do."""

    severity: Severity
    rule: str
    message: Message
    location: Location
    hint: Message | None = None
    excerpt: str = ""  # the source line the location points at, raw; renderers escape it


class Address(NamedTuple):
    """The stable name of a resource: `space/sales`, `connection/sales/office-pbx`, `project/sales/vip`."""

    kind: Kind
    space: str
    ref: str

    def __str__(self) -> str:
        return f"space/{self.ref}" if self.kind is Kind.SPACE else f"{self.kind}/{self.space}/{self.ref}"


class Annotations(NamedTuple):
    """What a manifest says beside the spec; shown in plans, never sent to SpeechSense."""

    owner: str = ""
    note: str = ""
    ticket: str = ""


_NOTHING_SAID = Annotations()


class Entry(NamedTuple):
    """One resource in short: enough to see that nothing changed, without its spec.

    `digest` is equal exactly when the spec is equal. `id` is the server's, None where it is not known (desired).
    `observed` is the digest of the live resource right after the last apply, on recorded entries only.
    """

    address: Address
    name: str
    digest: str
    id: str | None = None
    observed: str | None = None
    location: Location | None = None
    managed: bool = True
    delete: bool = False
    retired: bool = False
    annotations: Annotations = _NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Resources:
    """Desired, recorded or live resources: one type, so that plan and drift are one diff.

    `entries` is sorted by address; `load` gives one spec when somebody has to look inside.
    """

    entries: Mapping[Address, Entry]
    load: Callable[[Address], Spec] = field(compare=False, repr=False)

    def spec(self, address: Address) -> Spec:
        """Give the canonical spec of one resource. Raises KeyError for an address that is not in `entries`."""
        return self.load(self.entries[address].address)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A live object that no state knows. `space` is the ref of a recorded space, None in one that is unknown, too."""

    kind: Kind
    id: str
    space: str | None
    name: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's move. `before` and `after` are JSON values, None where the field was or becomes absent."""

    path: Path
    before: Any
    after: Any
    reversibility: Reversibility = Reversibility.REVERSIBLE
    rule: str = ""  # the rule that classed it, when it is not plainly reversible
    drift: bool = False  # live was changed outside ssops since the last apply


@dataclass(frozen=True, slots=True)
class Role:
    """The role a change needs, on what, and whether the actor has it.

    `on` is `organization` or a space's address as text; `source` says how the verdict is known.
    """

    required: str
    on: str
    verdict: RoleVerdict = RoleVerdict.UNKNOWN
    source: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Why a change is as it is and, where it is blocked, what to do instead."""

    reason: Message
    remedy: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One resource's move: what, how final, by whom, with which role, from where in the manifests."""

    address: Address
    action: Action
    name: str
    fields: tuple[FieldChange, ...]
    reversibility: Reversibility
    execution: Execution
    role: Role | None
    location: Location | None
    rules: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()  # weightiest first; one for every impossible field
    annotations: Annotations = _NOTHING_SAID

    @property
    def reason(self) -> Message | None:
        """The weightiest reason, where there is one."""
        return self.advice[0].reason if self.advice else None

    @property
    def remedy(self) -> Message | None:
        """What to do instead about the weightiest reason."""
        return self.advice[0].remedy if self.advice else None


@dataclass(frozen=True, slots=True)
class Plan:
    """Ordered changes and what they were computed from. Frozen: apply carries it out and never plans.

    `changes` stand in order of execution. `basis` is what the digest covers besides the changes: see `plan.digest`.
    `unmanaged` names live objects that no manifest and no state knows: left alone.
    """

    organization: str
    against: str
    spaces: tuple[str, ...]
    changes: tuple[Change, ...]
    issues: tuple[Issue, ...]
    basis: Mapping[str, Any]
    digest: str
    unchanged: int = 0
    unmanaged: tuple[str, ...] = ()

    @property
    def blocked(self) -> tuple[Change, ...]:
        """The changes that nobody can carry out; apply refuses a plan that has one."""
        return tuple(c for c in self.changes if c.execution is Execution.BLOCKED)

    @property
    def verdict(self) -> Verdict:
        """Blocked by a change or by an error issue (a policy limit), else whether there is anything to do."""
        if self.blocked or any(issue.severity is Severity.ERROR for issue in self.issues):
            return Verdict.BLOCKED
        return Verdict.CHANGES if self.changes else Verdict.NO_CHANGES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change."""

    address: Address
    action: Action
    status: Status
    id: str | None = None
    error: Message | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `serviceAccount:ID`, `userAccount:ID`, `federatedUser:ID`, `group:ID` or `system:ID`."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}:{self.id}"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that reaches the actor: given on the organization or on one space, directly or through a group.

    `on` is `organization` or a space id; `source` is what to show a person, such as `organization, group:ajg...`.
    """

    role: str
    on: str
    source: str
