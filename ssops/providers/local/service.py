"""The embedded SpeechSense: carries out one operation at a time and refuses what the real service cannot do.

It trusts no planner: roles, names, references and everything that cannot be undone are judged here again, inside
the transaction that makes the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from ssops.domain.limits import PROJECTS_PER_SPACE
from ssops.domain.roles import ACCESS, CREATE_WITH_ACCESS, REQUIRED, On, satisfies
from ssops.model import Action, Actor, Kind, Spec
from ssops.providers.base import Done, Operation
from ssops.providers.local import specs, updates
from ssops.providers.local.bindings import Bindings
from ssops.providers.local.refusal import DENIED, EXISTS, FIXED, INVALID, MOVED_ON, NOT_FOUND, TOO_MANY, refusal
from ssops.providers.local.store import Stamp, Store, Stored


@dataclass(frozen=True, slots=True)
class Service:
    """A Writer for one actor. `clock` gives the time, `ids` makes the id of a new object of a kind."""

    store: Store
    bindings: Bindings
    actor: Actor
    clock: Callable[[], datetime]
    ids: Callable[[Kind], str]

    def carry_out(self, operation: Operation) -> Done:
        """Do one operation, at most once per key. Raises ProviderFault when the service refuses; nothing is changed."""
        with self.store.database.transaction():
            before = self.store.done(operation.key)
            if before is not None:
                if before[:2] != (operation.action, operation.kind):
                    raise refusal(INVALID, "key_reused", key=operation.key)
                return before[2]
            stamp = Stamp(self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), str(self.actor))
            done = self._carry_out(operation, stamp)
            self.store.note(operation.key, operation.action, operation.kind, done, stamp)
            return done

    def _carry_out(self, operation: Operation, stamp: Stamp) -> Done:
        match operation.action:
            case Action.CREATE:
                return self._create(operation, stamp)
            case Action.UPDATE:
                return self._update(operation, stamp)
            case Action.DELETE if operation.kind is not Kind.CONNECTION:
                return self._delete(operation)
            case Action.DELETE:
                raise refusal(FIXED, "connection_deleted")
        raise refusal(INVALID, "action", action=operation.action, kind=operation.kind)

    def _create(self, operation: Operation, stamp: Stamp) -> Done:
        kind, parent = operation.kind, operation.space_id
        if operation.id is not None:
            raise refusal(INVALID, "id_chosen", id=operation.id)
        if kind is Kind.SPACE:
            self._authorize(kind, CREATE_WITH_ACCESS if operation.spec.get("access") else Action.CREATE, None)
        elif parent is None:
            raise refusal(INVALID, "missing", field="space_id")
        else:
            self._authorize(kind, Action.CREATE, self._get(Kind.SPACE, parent))
        spec = specs.live(kind, operation.spec)
        self._refuse_taken_name(kind, spec["name"], parent, None)
        if kind is Kind.PROJECT and parent is not None:
            self._refuse_project(spec, parent)
        id_ = self.ids(kind)
        return Done(id_, self.store.add(kind, id_, parent if kind is not Kind.SPACE and parent else id_, spec, stamp))

    def _update(self, operation: Operation, stamp: Stamp) -> Done:
        found = self._target(operation)
        asked = updates.updated(found.spec, operation.spec, operation.fields)
        is_access = asked.get("access") != found.spec.get("access")
        self._authorize(found.kind, ACCESS if is_access else Action.UPDATE, self._space_of(found))
        self._refuse_moved_on(operation, found)
        updates.refuse_fixed(found.kind, found.spec, asked)
        spec = specs.live(found.kind, asked)
        self._refuse_taken_name(found.kind, spec["name"], found.space_id, found.id)
        if spec == found.spec:
            return Done(found.id, found.digest)
        return Done(found.id, self.store.replace(found.id, spec, stamp))

    def _delete(self, operation: Operation) -> Done:
        found = self._target(operation)
        self._authorize(found.kind, Action.DELETE, self._space_of(found))
        self._refuse_moved_on(operation, found)
        self.store.drop(found.id)
        return Done(found.id, "")

    def _target(self, operation: Operation) -> Stored:
        if operation.id is None:
            raise refusal(INVALID, "missing", field="id")
        found = self._get(operation.kind, operation.id)
        if operation.space_id not in (None, found.space_id):
            raise refusal(FIXED, "fixed", field="space", kind=operation.kind)
        return found

    def _get(self, kind: Kind, id_: str) -> Stored:
        found = self.store.get(id_)
        if found is None or found.kind is not kind:
            raise refusal(NOT_FOUND, "not_found", kind=kind, id=id_)
        return found

    def _space_of(self, found: Stored) -> Stored:
        return found if found.kind is Kind.SPACE else self._get(Kind.SPACE, found.space_id)

    def _authorize(self, kind: Kind, action: str, space: Stored | None) -> None:
        needed = REQUIRED[kind, action]
        inside = {space.id: space.spec["access"]} if space is not None and needed.on is On.SPACE else {}
        grants = self.bindings.grants(self.actor, inside)
        if not any(satisfies(grant.role, needed.role) for grant in grants):
            on = f"space {space.id}" if space is not None else "organization"
            raise refusal(DENIED, "role", actor=str(self.actor), role=needed.role, on=on)

    def _refuse_moved_on(self, operation: Operation, found: Stored) -> None:
        if operation.expected is not None and operation.expected != found.digest:
            raise refusal(MOVED_ON, "moved_on", kind=found.kind, id=found.id)

    def _refuse_taken_name(self, kind: Kind, name: str, space_id: str | None, own: str | None) -> None:
        # Source: yandex-cloud/docs: en/speechsense/operations/space/delete.md and project/delete.md: the names of
        # spaces and projects behave as unique; nothing is said of connections.
        if kind is Kind.CONNECTION:
            return
        taken = self.store.named(kind, name, space_id if kind is Kind.PROJECT else None)
        if taken not in (None, own):
            raise refusal(EXISTS, "name_taken", kind=kind, name=name, id=str(taken))

    def _refuse_project(self, spec: Spec, space_id: str) -> None:
        if self._get(Kind.CONNECTION, spec["connection_id"]).space_id != space_id:
            raise refusal(INVALID, "connection_elsewhere", id=spec["connection_id"])
        if self.store.count(Kind.PROJECT, space_id) >= PROJECTS_PER_SPACE:
            raise refusal(TOO_MANY, "projects", limit=PROJECTS_PER_SPACE)
