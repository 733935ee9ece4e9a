"""Who holds which role in the embedded service: bindings on the organization and on spaces, groups, system groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ssops.domain.roles import On
from ssops.model import Actor, Grant

_ACCOUNTS = ("userAccount", "serviceAccount", "federatedUser")
_USERS = ("userAccount", "federatedUser")

Access = Mapping[str, tuple[str, ...] | list[str]]
"""role -> subjects, as in the spec of a space."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The roles given on the organization, and who is in which group. Groups do not nest."""

    organization: str
    access: Access
    groups: Mapping[str, tuple[str, ...]]

    def grants(self, actor: Actor, spaces: Mapping[str, Access]) -> tuple[Grant, ...]:
        """Give every role that reaches the actor; `spaces` is space id -> access. Organization first, then sorted."""
        found = [*self._on(On.ORGANIZATION, "organization", self.access, actor)]
        for id_ in sorted(spaces):
            found += self._on(id_, f"space {id_}", spaces[id_], actor)
        return tuple(found)

    def _on(self, on: str, place: str, access: Access, actor: Actor) -> Iterator[Grant]:
        for role in sorted(access):
            for subject in sorted(access[role]):
                if subject == str(actor):
                    yield Grant(role, on, place)
                elif self._is_member(actor, subject):
                    yield Grant(role, on, f"{place}, {subject}")

    def _is_member(self, actor: Actor, subject: str) -> bool:
        if actor.type not in _ACCOUNTS:
            return False  # a group inside a group gives nothing
        type_, _, id_ = subject.partition(":")
        if type_ == "group":
            return str(actor) in self.groups.get(id_, ())
        # Source: yandex-cloud/cloudapi: yandex/cloud/access/access.proto. Every user is taken for one of the
        # organization; the users of a federation are not known here, so `group:federation:...` reaches nobody.
        if subject == f"system:group:organization:{self.organization}:users":
            return actor.type in _USERS
        return subject in ("system:allAuthenticatedUsers", "system:allUsers")
