"""What the command line and the renderers say: help, labels of plans and outcomes, usage errors, next steps."""

from __future__ import annotations

_HELP = {
    "help.ssops": """Keep Yandex SpeechSense spaces and connections as YAML in git.

Change a file, see what would change and what cannot be undone, apply exactly that.

\b
Start here:
  ssops init NAME       write a small working repository into a new folder
  ssops validate        check all files
  ssops plan            show what would change; nothing is written
  ssops apply           show it, ask, and carry it out

Help on one of them: ssops COMMAND --help""",
    "help.commands": "Commands",
    "help.options": "Options",
    "help.common_options": "Options of every command",
    "help.exit_codes": "Exit codes",
    "help.version": "Print the version and stop.",
    "help.config": "Use this ssops.yaml, not the one in this folder or above it.",
    "help.format": "Print text for people (default) or JSON for scripts.",
    "help.report": "Also write the result to a file, in any of the formats. Repeatable.",
    "help.no_color": "Print without colour, as NO_COLOR does.",
    "help.quiet": "Print results in short and no hints.",
    "help.verbose": "Print everything in full, also what is only counted.",
    "help.no_cache": "Read every file anew, use nothing that is remembered.",
    "help.space": "Only this space and what is in it. Repeatable.",
    "help.actor": "Who acts: userAccount:ID, serviceAccount:ID, federatedUser:ID. Also SSOPS_ACTOR.",
    "help.init.short": "write a small repository that works at once",
    "help.init": """Write a small working repository into DIR (this folder by default).

It has a space and a connection and uses the embedded SpeechSense, so that it can be planned and applied at once.
Existing files are never overwritten; a README.md or .gitignore that is there stays as it is.

\b
Examples:
  ssops init
  ssops init speechsense --organization bpfexample0000000001
  ssops init --ci github""",
    "help.init.organization": "SpeechSense organization id.",
    "help.validate.short": "show all faults of all files, offline",
    "help.validate": """Check every file and show all faults at once: place, rule, what is wrong, what to do.

With PATH only the faults of these files or folders are shown; references are still looked up everywhere.

\b
Examples:
  ssops validate
  ssops validate connections/sales
  ssops validate --format github
  ssops validate --report sarif=faults.sarif --report junit=faults.xml""",
    "help.plan.short": "show what would change",
    "help.plan": """Compare the files with SpeechSense and show what would change. Nothing is written.

Every change is reversible, one-way (it can be done and never undone) or impossible (SpeechSense does not allow it).

\b
Examples:
  ssops plan
  ssops plan --space sales --out plan.json
  ssops plan --actor serviceAccount:ajeci000000000000001 --check-access
  ssops plan --against git:origin/main
  ssops plan --detailed-exitcode --format json""",
    "help.plan.out": "Save the plan, for 'ssops apply FILE'.",
    "help.plan.against": "What to compare with: the service as it is now, recorded state, or the files of a git revision.",
    "help.plan.detailed_exitcode": "Exit 2 when there are changes.",
    "help.plan.check_access": "Exit 5 when the actor lacks a role that a change needs.",
    "help.show.short": "show a saved plan, or one resource",
    "help.show": """Show a saved plan, or one resource as desired, recorded and live.

\b
Examples:
  ssops show plan.json
  ssops show connection/sales/office-pbx
  ssops show connection/sales/office-pbx --effective""",
    "help.show.effective": "Print the whole resource as YAML, default keys included.",
    "help.apply.short": "carry out a plan",
    "help.apply": """Carry out a saved plan, or plan, show and ask.

A saved plan is refused when anything it depends on has changed since. Before the first change the roles on all target
spaces are checked; if one is missing, nothing is written. An apply that was stopped goes on with the next one.

\b
Examples:
  ssops apply plan.json
  ssops apply
  ssops apply --auto-approve --allow-one-way connection/sales/office-pbx""",
    "help.apply.auto_approve": "Do not ask. One-way changes must each be named by --allow-one-way.",
    "help.apply.allow_one_way": "Let this resource have a one-way change under --auto-approve. Repeatable.",
    "help.apply.lock_timeout": "How long to wait while another run works on the same spaces.",
    "help.access.short": "show who may make the planned changes",
    "help.access": "Show what the actor may do.",
    "help.access.check.short": "show who may make the planned changes",
    "help.access.check": """Show for every planned change which role it needs, on what, and whether the actor has it.

\b
Examples:
  ssops access check
  ssops access check --actor serviceAccount:ajeci000000000000001 --space sales""",
    "help.state.short": "show what ssops has recorded",
    "help.state": "Show what ssops has recorded of the resources it manages.",
    "help.state.list.short": "list the recorded resources with their ids",
    "help.state.list": """List the recorded resources with their ids in SpeechSense.

\b
Examples:
  ssops state list
  ssops state list --space sales --format json""",
    "help.state.show.short": "show the record of a space or of one resource",
    "help.state.show": """Show what is recorded of a space, or of one resource.

\b
Examples:
  ssops state show sales
  ssops state show connection/sales/office-pbx""",
    "help.adopt.short": "start to manage what is already in SpeechSense",
    "help.adopt": """Record that the resource at ADDRESS is the object ID. Nothing in SpeechSense changes.

\b
Examples:
  ssops adopt space/sales f3fexample0000000001
  ssops adopt connection/sales/office-pbx eagexample0000000001""",
    "help.forget.short": "stop managing a resource",
    "help.forget": """Drop the record of the resource at ADDRESS. Nothing in SpeechSense changes.

\b
Example:
  ssops forget connection/sales/old-pbx""",
    "help.explain.short": "give the reason behind a rule",
    "help.explain": """Explain a rule: why it is there and where the fact comes from. Without RULE, list all rules.

\b
Examples:
  ssops explain
  ssops explain connection-never-deleted""",
    "help.schema.short": "print a JSON Schema",
    "help.schema": """Print the JSON Schema of a file that you write or of a document that ssops prints.

\b
Examples:
  ssops schema connection
  ssops schema plan > plan.schema.json""",
    "help.completion.short": "print shell completion",
    "help.completion": """Print what a shell needs to complete ssops commands.

\b
Examples:
  ssops completion bash > /etc/bash_completion.d/ssops
  ssops completion zsh > ~/.zfunc/_ssops
  ssops completion fish > ~/.config/fish/completions/ssops.fish""",
}

_EXIT = {
    "exit.0": "success; with --detailed-exitcode: nothing to do",
    "exit.1": "unexpected error: I/O, network, a bug",
    "exit.2": "success and there are differences; only with --detailed-exitcode; never a usage error",
    "exit.3": "blocked: an impossible change, a protected resource, a policy limit",
    "exit.4": "invalid input: schema, rule, or metadata contract",
    "exit.5": "the actor cannot be identified, or lacks a role on at least one target space",
    "exit.6": "stale or conflicting: plan digest, base moved, lock held",
    "exit.7": "partial: some changes applied, others failed or wait for the operator",
    "exit.64": "usage error",
    "exit.130": "interrupted",
}

_USAGE = {
    "usage.help": "'{command} --help' shows how to use it",
    "usage.near": "did you mean '{near}'?",
    "usage.no_command": "a command is missing",
    "usage.unknown_command": "no such command '{given}'",
    "usage.unknown_command.near": "no such command '{given}'; did you mean '{near}'?",
    "usage.quiet_and_verbose": "--quiet and --verbose exclude each other: give one of them",
    "usage.format": "this command has no format '{given}'",
    "usage.format.hint": "it has: {formats}",
    "usage.report": "'{given}' does not name a report",
    "usage.report.hint": "write FORMAT=PATH, where FORMAT is one of: {formats}",
    "usage.report.near": "write FORMAT=PATH; did you mean '{near}'?",
    "usage.address": "'{given}' is not an address",
    "usage.address.hint": "write space/REF, connection/SPACE/REF or project/SPACE/REF",
    "usage.address.near": "did you mean '{near}'?",
    "usage.approval": "apply without a plan file and without a terminal needs --auto-approve",
    "usage.approval.hint": "review a plan first: 'ssops plan --out plan.json', then 'ssops apply plan.json'",
    "usage.lock_timeout": "'{given}' is no number of seconds",
    "usage.completion": "_SSOPS_COMPLETE is '{asked}', and with it comes no question that a shell would ask",
    "usage.completion.hint": "unset _SSOPS_COMPLETE; 'ssops completion SHELL' prints the script that sets it",
    "usage.space_with_plan": "--space does not go with a plan file",
    "usage.space_with_plan.hint": "the plan file says which spaces it covers; plan again with --space",
    "usage.effective": "--effective is for a resource, not for a saved plan",
    "usage.effective.hint": "name a resource: 'ssops show connection/SPACE/REF --effective'",
    "usage.no_plan_file": "there is no plan file '{file}'",
    "usage.no_plan_file.hint": "'ssops plan --out {file}' writes it",
    "usage.rule": "there is no rule '{given}'",
    "usage.rule.hint": "'ssops explain' lists all rules",
    "usage.rule.near": "did you mean '{near}'?",
    "usage.schema": "there is no schema '{given}'",
    "usage.schema.hint": "there is one of each: {kinds}",
    "usage.organization": "'{given}' is not an organization id",
    "usage.init_exists": "'{folder}' already has {files}; nothing was written",
    "usage.init_exists.hint": "give a new folder: ssops init NAME",
    "usage.not_recorded": "nothing is recorded of '{given}'",
    "usage.not_recorded.hint": "'ssops state list' shows what is recorded",
}

_ERRORS = {
    "error.head": "error:",
    "error.interrupted": "interrupted",
    "error.io": "{why}",
    "error.io.file": "'{file}': {why}",
    "error.io.hint": "check that the path is there, that you may use it and that the disk has room",
    "error.out_of_memory": "there is not enough memory",
    "error.unexpected": "this is a fault in ssops, not in your files: {kind}: {text}",
    "error.unexpected.hint": "report it with the command you ran and what it prints with SSOPS_DEBUG=1",
}

_RENDER = {
    "render.severity.error": "error",
    "render.severity.warning": "warning",
    "render.hint": "hint: {hint}",
    "render.valid": "valid",
    "render.invalid": "invalid",
    "render.looked": "{resources} {files}",
    "render.files.one": "in {count} file",
    "render.files.other": "in {count} files",
    "render.resources.one": "{count} resource",
    "render.resources.other": "{count} resources",
    "render.errors.one": "{count} error",
    "render.errors.other": "{count} errors",
    "render.warnings.one": "{count} warning",
    "render.warnings.other": "{count} warnings",
    "render.keys.one": "{count} key",
    "render.keys.other": "{count} keys",
    "render.more_fields.one": "and {count} more field",
    "render.more_fields.other": "and {count} more fields",
    "render.more_members.one": "and {count} more",
    "render.more_members.other": "and {count} more",
    "render.details_left.one": "The details of {count} more change are left out; --verbose shows them.",
    "render.details_left.other": "The details of {count} more changes are left out; --verbose shows them.",
    "render.warnings_left.one": "{count} more warning is left out; 'ssops validate' shows it.",
    "render.warnings_left.other": "{count} more warnings are left out; 'ssops validate' shows them.",
    "render.path.key": "{section} key {key}",
    "render.path.key_field": "{section} key {key}, {field}",
    "render.space": "space {space}",
    "render.role": "needs {required} on {on}:",
    "render.role.none": "no role",
    "render.on": "on {on}",
    "render.verdict.granted": "granted",
    "render.verdict.missing": "missing",
    "render.verdict.unknown": "unknown",
    "render.reversibility.reversible": "reversible",
    "render.reversibility.one_way": "one-way",
    "render.reversibility.impossible": "impossible",
    "render.execution.auto": "auto",
    "render.execution.assisted": "assisted",
    "render.execution.blocked": "blocked",
    "render.action.create": "create",
    "render.action.update": "update",
    "render.action.retire": "retire",
    "render.action.remove": "remove",
    "render.action.delete": "delete",
    "render.what.create": "create",
    "render.what.update": "update",
    "render.what.retire": "retire",
    "render.what.remove": "its document is gone",
    "render.what.delete": "delete",
    "render.count.create": "{count} to create",
    "render.count.update": "{count} to update",
    "render.count.retire": "{count} to retire",
    "render.count.remove": "{count} to remove",
    "render.count.delete": "{count} to delete",
    "render.count.one_way.one": "{count} change is one-way",
    "render.count.one_way.other": "{count} changes are one-way",
    "render.count.assisted.one": "{count} change is for an operator",
    "render.count.assisted.other": "{count} changes are for an operator",
    "render.count.unchanged": "{count} unchanged",
    "render.plan": "Plan",
    "render.plan.none": "No changes: {unchanged} unchanged.",
    "render.plan.blocked.one": "{count} change is blocked",
    "render.plan.blocked.other": "{count} changes are blocked",
    "render.plan.policy": "all of it is blocked",
    "render.digest": "({digest})",
    "render.field.added": "+ {after}",
    "render.field.removed": "- {before}",
    "render.field.moved": "{before} -> {after}",
    "render.drift": "changed outside ssops",
    "render.rule": "rule {rule}: {title}",
    "render.reason": "why: {reason}",
    "render.why_rule": "why: {reason} [{rule}]",
    "render.remedy": "instead: {remedy}",
    "render.owner": "owner: {text}",
    "render.ticket": "ticket: {text}",
    "render.note": "note: {text}",
    "render.unmanaged.one": "{count} object in SpeechSense is not managed by ssops and left alone.",
    "render.unmanaged.other": "{count} objects in SpeechSense are not managed by ssops and left alone.",
    "render.unmanaged_deleting.one": "{count} object in SpeechSense is not managed by ssops; if it is in a space that is "
    "deleted, it goes with it.",
    "render.unmanaged_deleting.other": "{count} objects in SpeechSense are not managed by ssops; those in a space that "
    "is deleted go with it.",
    "render.actor": "actor {actor}",
    "render.roles.nothing": "No changes: no role is needed.",
    "render.roles.granted": "The actor has every role that is needed.",
    "render.roles.missing.one": "{count} change needs a role that the actor does not have.",
    "render.roles.missing.other": "{count} changes need a role that the actor does not have.",
    "render.roles.unknown.one": "{count} change needs a role, and it is not known whether the actor has it.",
    "render.roles.unknown.other": "{count} changes need a role, and it is not known whether the actor has it.",
    "render.status.applied": "applied",
    "render.status.pending": "pending",
    "render.status.failed": "failed",
    "render.status.skipped": "skipped",
    "render.recovered": "an interrupted run had begun these:",
    "render.apply": "Apply",
    "render.applied.none": "Nothing to do.",
    "render.applied.applied": "{count} applied",
    "render.applied.pending": "{count} waiting for an operator",
    "render.applied.failed": "{count} failed",
    "render.applied.skipped": "{count} skipped",
    "render.view.desired": "desired   {value}",
    "render.view.recorded": "recorded  {value}",
    "render.view.live": "live      {value}",
    "render.view.desired.yes": "desired",
    "render.view.desired.no": "not desired",
    "render.view.recorded.yes": "recorded",
    "render.view.recorded.no": "not recorded",
    "render.view.live.yes": "live",
    "render.view.live.no": "not live",
    "render.absent": "(absent)",
    "render.default_keys.one": "{count} default key without a name of yours is left out; --effective shows it",
    "render.default_keys.other": "{count} default keys without a name of yours are left out; --effective shows them",
    "render.state.serial": "version {serial} of the record, lineage {lineage}",
    "render.state.pending": "begun and not finished: {address}; the next apply finds out what became of it",
    "render.state.none": "Nothing is recorded yet: 'ssops apply' and 'ssops adopt' record what they do.",
    "render.state.id": "id",
    "render.state.name": "name",
    "render.state.grade": "evidence",
    "render.state.at": "since",
    "render.state.by": "by",
    "render.state.plan": "by plan",
    "render.state.digest": "digest",
    "render.views": "desired: the manifests say so; recorded: as last applied or adopted; live: SpeechSense now",
    "render.grade.declared": "declared",
    "render.grade.attested": "attested",
    "render.grade.observed": "observed",
    "render.grade.confirmed": "confirmed",
    "render.source": "Source: {source}",
}

_TALK = {
    "apply.ask.one": "Carry out {count} change? Only '{yes}' goes on:",
    "apply.ask.other": "Carry out {count} changes? Only '{yes}' goes on:",
    "apply.ask.one_way.one": "{count} change is one-way: it can never be taken back.",
    "apply.ask.one_way.other": "{count} changes are one-way: they can never be taken back.",
    "apply.ask.reversible": "Everything in this plan can be taken back.",
    "apply.declined": "not approved; nothing was written",
    "apply.one_way_not_named.one": "nothing was written: {count} one-way change is not named: {addresses}",
    "apply.one_way_not_named.other": "nothing was written: {count} one-way changes are not named: {addresses}",
    "apply.one_way_not_named.hint": "have a plan reviewed ('ssops plan --out plan.json', then 'ssops apply plan.json'), or "
    "name each: {flags}",
    "note.cache": "the cache was not used: {why}",
    "apply.progress": "applying",
    "done.adopted": "{address} is now managed; it is {id}",
    "done.forgotten": "{address} is no longer managed; SpeechSense keeps it as it is",
    "next.apply": "next: 'ssops apply' asks and does it; 'ssops plan --out plan.json' saves it to be reviewed first",
    "next.apply_again": "next: mend what failed, then 'ssops plan' shows what is left to do",
    "next.apply_file": "next: 'ssops apply {file}' carries out exactly this plan",
    "next.blocked": "next: do what 'instead' or 'hint' says and plan again; until then apply writes nothing",
    "next.roles": "next: ask an administrator of the space for the missing role, or name another --actor",
    "next.plan": "next: 'ssops plan' shows whether the manifest says the same",
    "next.forgotten": "next: remove its document if there is one; 'ssops adopt {address} ID' takes it back",
    "next.explain": "next: mend these and validate again; 'ssops explain RULE' tells why there is a rule",
    "next.init": "next:",
    "next.init.validate": "ssops validate",
    "next.init.plan": "ssops plan --out plan.json",
    "next.init.apply": "ssops apply plan.json",
}

SENTENCES: dict[str, str] = _HELP | _EXIT | _USAGE | _ERRORS | _RENDER | _TALK
