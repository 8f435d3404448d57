#!/bin/bash
# Fetches what the tests use of the system, where it is missing and may be installed: a browser and an older server.
# Never fails: tests whose program is missing are skipped and counted aloud at the end of the run.
set -uo pipefail

missing=()
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

say() { printf '%s\n' "$*" >&2; }
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  say "Not on this machine, and not ours to install: ${missing[*]}. Tests that need them are skipped."
  exit 0
fi

mkdir -p .cache
log=.cache/apt.log
export DEBIAN_FRONTEND=noninteractive
get() { timeout "$1" apt-get -qq -o DPkg::Lock::Timeout=60 -o Acquire::Retries=1 "${@:2}" >>"$log" 2>&1 </dev/null; }
# The package makes and starts a cluster of its own; the tests need only its programs.
if [ ! -e /etc/postgresql-common/createcluster.conf ] && mkdir -p /etc/postgresql-common; then
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
fi
say "Installing for the tests: ${missing[*]} ..."
get 120 update
for package in "${missing[@]}"; do
  get 300 install --no-install-recommends "$package" || say "$package could not be installed (see $log); its tests are skipped."
done
exit 0
