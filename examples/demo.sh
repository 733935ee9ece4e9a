#!/bin/sh
# The whole loop on the examples, in a scratch folder: validate, plan, apply, plan again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ssops-demo.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cp -R "$here/connections/." "$scratch"
cd "$scratch"
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }

say ssops validate
say ssops plan --out plan.json
say ssops apply plan.json
say ssops plan --detailed-exitcode
printf '\nThe demo is done: 3 spaces, 6 connections and 1 project, and nothing left to do.\n'
