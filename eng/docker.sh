#!/usr/bin/env bash
# Makes a container engine answer: as root on Debian it installs docker.io and starts dockerd where there is none. The tests that need containers use it.
# Exit 0: an engine answers. Exit 1: there is none, and the last line says why.
set -uo pipefail

answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

answers && exit 0
if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "No container engine answers. Start one (docker version must show a server), or run this as root on Debian." >&2
  exit 1
fi

if ! command -v dockerd >/dev/null || ! command -v debootstrap >/dev/null || ! command -v iptables >/dev/null; then
  echo "Installing docker.io debootstrap iptables …"
  log=$(mktemp)
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends docker.io debootstrap iptables; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Installing the container engine failed; the last lines are above." >&2
    exit 1
  fi
  rm -f "$log"
fi

# Two who start it at the same time start it once.
exec 9>/var/lock/idp-dockerd
flock 9
answers && exit 0
log=/var/log/idp-dockerd.log
wait_for_answer() {
  for _ in $(seq 1 60); do
    answers && return 0
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.5
  done
  return 1
}

# The usual engine first; then without a bridge of its own, for machines whose kernel or rights do not allow one. Containers of the tests work with both.
for arguments in "" "--iptables=false --bridge=none" "--iptables=false --bridge=none --storage-driver=vfs"; do
  # shellcheck disable=SC2086
  setsid dockerd $arguments >"$log" 2>&1 9>&- </dev/null &
  engine=$!
  wait_for_answer "$engine" && exit 0
  kill "$engine" 2>/dev/null
  wait "$engine" 2>/dev/null
done
tail -n 20 "$log" >&2
echo "The container engine does not start; the last lines of $log are above." >&2
exit 1
