#!/bin/sh
# Pins run-time and development dependencies with hashes. `sh requirements/lock.sh BIN`, BIN the folder of pip-compile.
set -eu
cd "$(dirname "$0")/.."
bin=$1
pin() {
    "$bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --upgrade "$@" pyproject.toml
}
pin --output-file requirements/run.txt
pin --extra dev --output-file requirements/dev.txt
