#!/bin/bash
# Resolves the dependencies of pyproject.toml into locks/, for all systems and Pythons, by hash.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=$(tools/find_uv.sh)
mkdir -p locks
compile() {
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --no-header --output-file "$@"
}
compile locks/core.txt pyproject.toml
# The tests ask both engines, both ways of disclosure control, the nightly batch and the signatures of papers: these
# extras come with them.
compile locks/dev.txt --constraint locks/core.txt --extra analysis --extra disclosure --extra match --extra sign --group dev pyproject.toml
compile locks/extras.txt --constraint locks/dev.txt --all-extras --group dev pyproject.toml
if grep -nE '://|^--(extra-)?index|find-links' locks/*.txt; then
  echo "A lock names an address: nothing but names, versions and hashes belongs there." >&2
  exit 1
fi
