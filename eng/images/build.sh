#!/usr/bin/env bash
# Builds the image of eng/images/NAME.Dockerfile from Debian's packages and prints its tag as the last line. Usage: eng/images/build.sh NAME
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=$1
tag="idp-test-$name:latest"

# One build of an image at a time.
exec 9>"${TMPDIR:-/tmp}/idp-image-$name.lock"
flock 9

base=$("$folder/base.sh" 9>&-)

# The host's network: the engine may have no bridge.
DOCKER_BUILDKIT=0 docker build -q --network host --build-arg "BASE=$base" -t "$tag" -f "$folder/$name.Dockerfile" "$folder" >&2
echo "$tag"
