"""What ssops says when a run cannot go on."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "error.invalid_manifest": "{count} fault(s) in the manifests; nothing was planned",
    "error.actor_unknown": "nobody said who applies",
    "error.actor_unknown.hint": "name the actor with --actor or SSOPS_ACTOR, such as serviceAccount:ajeexample0000000001",
    "error.plan_foreign": "the plan is of organization '{theirs}', ssops.yaml names '{ours}'",
    "error.plan_foreign.hint": "apply it in the repository it was made in, or run `ssops plan --out` here",
    "error.plan_stale": "the plan is stale, these moved since it was reviewed: {moved}",
    "error.plan_stale.hint": "run `ssops plan --out` again and have the new plan reviewed; nothing was written",
    "error.blocked": "{count} change(s) cannot be carried out: {addresses}",
    "error.role_missing": "{count} change(s) need a role that the actor is not known to hold: {needs}; nothing was written",
    "error.role_missing.hint": "`ssops access check` shows every space; ask an administrator of the space, or name another --actor",
    "error.unknown_space": "neither manifests nor state know a space '{asked}'",
    "error.unknown_space.near": "did you mean '{near}'?",
    "error.unknown_space.hint": "`ssops state list` names the recorded spaces",
    "error.unknown_address": "neither manifests nor state nor the service know '{asked}'",
    "error.unknown_address.near": "did you mean '{near}'?",
    "error.unknown_address.hint": "an address is space/REF, connection/SPACE/REF or project/SPACE/REF",
    "error.unknown_id": "the service has no object with the id '{id}'",
    "error.unknown_id.hint": "copy the id from the object's page in the console (button ID)",
    "error.other_kind": "'{id}' is a {found}, not a {asked}",
    "error.already_recorded": "'{id}' is recorded already, as {address}",
    "error.other_space": "'{id}' does not stand in the space '{space}', or that space is not recorded yet: adopt the space first",
}
