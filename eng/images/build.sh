#!/usr/bin/env bash
# Builds the image of eng/images/NAME.Dockerfile and prints its tag as the last line. Usage: eng/images/build.sh NAME
# The base is debian:bookworm-slim; where no registry can be reached, debootstrap makes one from Debian's packages.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=$1
tag="idp-test-$name:latest"
official=debian:bookworm-slim
homemade=idp-base:bookworm

exists() { docker image inspect "$1" >/dev/null 2>&1; }

# One build at a time: several would make the same base.
exec 9>"${TMPDIR:-/tmp}/idp-images.lock"
flock 9

if exists "$official" || timeout 120 docker pull -q "$official" >/dev/null 2>&1; then
  base=$official
elif exists "$homemade"; then
  base=$homemade
else
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase bookworm "$root" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >&2
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" --numeric-owner -c . | docker import - "$homemade" >/dev/null
  base=$homemade
fi

# The host's network: the engine may have no bridge.
DOCKER_BUILDKIT=0 docker build -q --network host --build-arg "BASE=$base" -t "$tag" -f "$folder/$name.Dockerfile" "$folder" >&2
echo "$tag"
