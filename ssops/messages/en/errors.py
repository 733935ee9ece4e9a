"""What ssops says when a run cannot go on."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "error.invalid_manifest.one": "{count} fault in the manifests has to be mended first; nothing was done",
    "error.invalid_manifest.other": "{count} faults in the manifests have to be mended first; nothing was done",
    "error.actor_unknown": "nobody said who applies",
    "error.actor_unknown.hint": "name the actor with --actor or SSOPS_ACTOR, such as serviceAccount:ajeexample0000000001",
    "error.plan_foreign": "the plan is of organization '{theirs}', ssops.yaml names '{ours}'",
    "error.plan_foreign.hint": "apply it in the repository it was made in, or make one here with 'ssops plan --out FILE'",
    "error.plan_stale": "the plan is stale, these moved since it was reviewed: {moved}",
    "error.plan_stale.hint": "make the plan again with 'ssops plan --out FILE' and have that one reviewed; nothing was written",
    "error.blocked.one": "nothing was written: {count} change is blocked, 'ssops plan' shows why: {addresses}",
    "error.blocked.other": "nothing was written: {count} changes are blocked, 'ssops plan' shows why: {addresses}",
    "error.role_missing.one": "nothing was written: {count} change needs a role that the actor is not known to hold: "
    "{needs}",
    "error.role_missing.other": "nothing was written: {count} changes need a role that the actor is not known to hold: "
    "{needs}",
    "error.role_missing.hint": "'ssops access check' shows who needs what; ask an administrator of the space for the role, or "
    "name another --actor",
    "error.unknown_space": "there is no space '{asked}', neither in the manifests nor in recorded state",
    "error.unknown_space.near": "did you mean '{near}'?",
    "error.unknown_space.hint": "'ssops state list' names the recorded spaces",
    "error.unknown_address": "there is no '{asked}', neither in the manifests nor in recorded state nor in SpeechSense",
    "error.unknown_address.near": "did you mean '{near}'?",
    "error.unknown_address.hint": "an address is space/REF, connection/SPACE/REF or project/SPACE/REF",
    "error.unknown_id": "the service has no object with the id '{id}'",
    "error.unknown_id.hint": "copy the id from the object's page in the console (button ID)",
    "error.other_kind": "'{id}' is a {found}, not a {asked}",
    "error.already_recorded": "'{id}' is recorded already, as {address}",
    "error.other_space": "'{id}' does not stand in the space '{space}', or that space is not recorded yet: adopt the space first",
}
