"""What `ssops init` says about pipelines and about files that are there already."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.init.ci": "Also write the pipeline that plans requests and applies merges; where ssops.yaml is there already, only that.",
    "init.kept": "kept as it is",
    "init.kept.gitignore": "kept as it is; add {names}",
    "usage.init_exists.ci.hint": "move it away and call again, then put back what you need of it",
}
