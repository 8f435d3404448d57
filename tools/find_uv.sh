#!/bin/bash
# Prints the path of uv, the installer: from PATH, or from a private folder filled from the package registry.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3 python; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && fits "$name"; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  say "Qorgan needs Python 3.11 or newer, and none was found on this machine: install python3.11 and try again."
  exit 1
}

if [ "${1:-}" = python ]; then
  find_python
  exit
fi

if command -v uv >/dev/null 2>&1 && uv pip install --help 2>/dev/null | grep -q -- --require-hashes; then
  command -v uv
  exit
fi

tools=.cache/tools
if [ -x "$tools/bin/uv" ] && "$tools/bin/uv" --version >/dev/null 2>&1; then
  printf '%s\n' "$PWD/$tools/bin/uv"
  exit
fi

python=$(find_python)
quiet=(--quiet --disable-pip-version-check --no-warn-script-location)
rm -rf "$tools"
mkdir -p "$tools"
log=.cache/tools.log
if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && "$python" -m venv "$tools/venv" >"$log" 2>&1; then
  "$tools/venv/bin/python" -m pip install "${quiet[@]}" uv >>"$log" 2>&1 || failed=1
  found="$tools/venv/bin/uv"
elif "$python" -m pip --version >/dev/null 2>&1; then
  # No python3-venv here: the installer is one program, and pip can lay it into any folder.
  rm -rf "$tools/venv"
  "$python" -m pip install "${quiet[@]}" --target "$tools/laid" uv >>"$log" 2>&1 || failed=1
  found="$tools/laid/bin/uv"
else
  say "Python ($python) has neither venv nor pip: install python3-venv or python3-pip (or uv) and try again."
  exit 1
fi
if [ -n "${failed:-}" ] || [ ! -x "$found" ]; then
  tail -n 5 "$log" >&2 || true
  say "The installer uv could not be fetched from the package registry: check the network, or install uv yourself."
  exit 1
fi
mkdir -p "$tools/bin"
ln -sf "$PWD/$found" "$tools/bin/uv"
printf '%s\n' "$PWD/$tools/bin/uv"
