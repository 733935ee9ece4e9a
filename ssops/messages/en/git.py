"""What ssops says about comparing without the service: with a git revision, and with recorded state."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "git.missing": "git was not found, and comparing with a revision takes it",
    "git.missing.hint": "install git, or compare with something else: --against recorded, --against live",
    "git.failed": "git could not answer: {why}",
    "git.failed.hint": "'git fsck' and 'git status' in the same folder say more",
    "git.no_repository": "git knows no repository at '{folder}': {why}",
    "git.no_repository.hint": "run ssops in a clone that this user owns; if git calls its ownership dubious, add the folder "
    "to safe.directory",
    "git.no_work_tree": "'{folder}' is in a git repository without a work tree",
    "git.no_work_tree.hint": "a comparison needs files to compare: run ssops in a clone, or make one with 'git worktree add'",
    "git.no_commit": "the branch has no commit yet, so it has no base to compare with",
    "git.no_commit.hint": "commit something first",
    "git.unknown_ref": "git knows no commit named '{ref}'",
    "git.unknown_ref.near": "did you mean '{near}'?",
    "git.unknown_ref.shallow": "this clone is shallow: fetch the branch and the whole history first (in CI: fetch-depth: 0, or "
    "GIT_DEPTH: 0)",
    "git.unknown_ref.hint": "write a branch, a tag or a commit of this clone, such as origin/main; 'git fetch' brings new ones",
    "git.shallow": "this clone is shallow and does not reach back to where the branch left '{ref}'",
    "git.shallow.hint": "fetch the whole history: 'git fetch --unshallow' (in CI: fetch-depth: 0, or GIT_DEPTH: 0)",
    "git.unrelated": "the branch and '{ref}' have no commit in common",
    "git.unrelated.hint": "name a branch, tag or commit that this branch was made from",
    "git.object_missing": "this clone lacks a file of the base, object {oid}",
    "git.object_missing.hint": "it is a partial or a damaged clone, and ssops fetches nothing by itself: make a full one, or "
    "check out the base once",
    "git.foreign": "'{ref}' is of organization '{theirs}', ssops.yaml names '{ours}'",
    "git.foreign.hint": "nothing of another organization can be changed into something of this one: compare with "
    "--against live",
    "git.faulty_base.hint": "what stands as '{ref}:FILE' is at fault in the base; compare with an earlier commit that is sound: "
    "--against git:COMMIT",
    "git.not_applicable": "the plan was made against '{against}', for a review: it says nothing of SpeechSense as it is",
    "git.not_applicable.hint": "make one against the service with 'ssops plan --out FILE', and apply that one",
    "base-moved": "'{ref}' has moved on since this branch left it; compared with where they part, commit {commit}",
    "base-moved.hint": "to see the change on top of the newest '{ref}', merge or rebase, then plan again",
    "rule.base-moved.title": "the branch is behind what it is compared with",
    "rule.base-moved.why": "A plan shows what this branch changes, so it is made from the commit where the branch left the "
    "other one. What was added there meanwhile is neither shown nor taken back.",
    "base-submodule": "'{path}' is a submodule: it is taken as unchanged since '{ref}'",
    "base-submodule.hint": "plan in the submodule's own repository to see what changes in it",
    "rule.base-submodule.title": "manifests in a submodule are not compared",
    "rule.base-submodule.why": "A commit names only the commit of a submodule. The files of that commit are in another "
    "repository, which may not even be here.",
    "recorded-pending.one": "an interrupted run began {count} change in space '{space}'; what became of it is not recorded",
    "recorded-pending.other": "an interrupted run began {count} changes in space '{space}'; what became of them is not recorded",
    "recorded-pending.hint": "'ssops plan' asks the service, and 'ssops apply' goes on",
    "rule.recorded-pending.title": "recorded state has unfinished changes",
    "rule.recorded-pending.why": "Before each change ssops records that it begins, and afterwards what became of it. Between "
    "the two only the service knows, and a plan against recorded state does not ask it.",
    "usage.against": "'{given}' is nothing to compare with",
    "usage.against.hint": "write live, recorded or git:REF, such as git:origin/main",
    "next.compared": "next: SpeechSense itself was not asked; 'ssops plan' compares with it, 'ssops apply' applies that plan",
}
