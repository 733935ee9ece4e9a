#!/bin/sh
# Pins what ssops runs on, what an image or action is built of, and what it is developed with, by hash. `sh requirements/lock.sh BIN`,
# BIN the folder of pip-compile.
set -eu
cd "$(dirname "$0")/.."
bin=$1
pin() {
    "$bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --upgrade "$@" pyproject.toml
}
pin --output-file requirements/run.txt
pin --extra ci --build-deps-for wheel --output-file requirements/ci.txt
pin --extra dev --output-file requirements/dev.txt
