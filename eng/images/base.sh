#!/usr/bin/env bash
# Prints the tag of a Debian bookworm image: debian:bookworm-slim; where no registry can be reached, one that debootstrap makes from Debian's packages.
set -euo pipefail
official=debian:bookworm-slim
homemade=idp-base:bookworm

exists() { docker image inspect "$1" >/dev/null 2>&1; }

# One at a time: several would make the same image.
exec 9>"${TMPDIR:-/tmp}/idp-base.lock"
flock 9

if exists "$official" || timeout 120 docker pull -q "$official" >/dev/null 2>&1; then
  echo "$official"
  exit
fi
if ! exists "$homemade"; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase bookworm "$root" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >&2
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" --numeric-owner -c . | docker import - "$homemade" >/dev/null
fi
echo "$homemade"
