#!/bin/bash
# Installs into .venv exactly what a lock names, by hash: `tools/install.sh core|dev`. Does nothing when it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

what=${1:?core or dev}
say() { printf '%s\n' "$*" >&2; }

stamp_of() { cat "locks/$1.txt" pyproject.toml | git hash-object --stdin; }
stamp() { printf '.venv/.installed-%s' "$1"; }
fresh() { [ -f "$(stamp "$1")" ] && [ "$(cat "$(stamp "$1")")" = "$(stamp_of "$1")" ]; }

texts() {
  [ -f tools/translations.py ] || return 0
  local newest
  newest=$(find src -name '*.po' -newer .venv/.texts 2>/dev/null | head -n 1 || true)
  if [ ! -f .venv/.texts ] || [ -n "$newest" ]; then
    .venv/bin/python -m tools.translations compile
    touch .venv/.texts
  fi
}

# Two commands in one clone must not install over each other; the system lets go of the lock at any death.
mkdir -p .cache
echo '*' >.cache/.gitignore
if command -v flock >/dev/null 2>&1; then
  exec 9>.cache/install.lock
  flock 9
fi

# A virtual environment holds absolute paths: one that was moved, or whose Python went away, is made anew.
if [ -f .venv/.place ] && [ "$(cat .venv/.place)" != "$PWD" ]; then rm -rf .venv; fi
if .venv/bin/python -c '' >/dev/null 2>&1; then
  # What the tests need includes the core.
  if fresh "$what" || { [ "$what" = core ] && fresh dev; }; then
    texts
    exit 0
  fi
else
  rm -rf .venv
fi

uv=$(tools/find_uv.sh)
python=$(tools/find_uv.sh python)
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
# The registry and the certificates that this machine has set up for pip hold for uv as well.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
  index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
  if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index"; fi
fi
certificates=${PIP_CERT:-$("$python" -m pip config get global.cert 2>/dev/null || true)}
if [ -n "$certificates" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$certificates"; fi
# Certificates that an organisation has added to its machines count too.
for store in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
  if [ -s "$store" ]; then export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"; fi
done
# A service's user may have no home to keep a cache in.
if [ -z "${UV_CACHE_DIR:-}" ] && ! mkdir -p "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/uv" 2>/dev/null; then
  export UV_CACHE_DIR="$PWD/.cache/uv"
fi
rm -f "$(stamp "$what")"
[ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
printf '%s\n' "$PWD" >.venv/.place
say "Installing ($what) ..."
begun=$SECONDS
"$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "locks/$what.txt"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --editable .
stamp_of "$what" >"$(stamp "$what")"
rm -f .venv/.texts
texts
say "Installed in $((SECONDS - begun)) s."
