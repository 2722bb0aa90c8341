#!/usr/bin/env bash
# Builds the image of the service and prints its tag as the last line. Usage: deploy/build.sh [TAG]; idp:latest by default.
# The program is published here and the runtime taken from the SDK that built it, so that the image build needs Debian's packages alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tag=${1:-idp:latest}
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

dotnet publish "$root/src/Api/Api.csproj" --configuration Release --nologo --verbosity quiet --output "$context/program" >&2
rm -f "$context"/program/*.pdb "$context"/program/*.xml

# The newest runtime of the version that the program asks for.
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
version=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.AspNetCore\.App (10\.0\.[0-9]+) .*/\1/p' | sort --version-sort | tail -n 1)
for part in host/fxr shared/Microsoft.NETCore.App shared/Microsoft.AspNetCore.App; do
  mkdir -p "$context/dotnet/$part"
  cp -R "$sdk/$part/$version" "$context/dotnet/$part/"
done
cp "$sdk/dotnet" "$context/dotnet/"

base=$("$root/eng/images/base.sh")
DOCKER_BUILDKIT=0 docker build -q --network host --build-arg "BASE=$base" -t "$tag" -f "$root/deploy/Dockerfile" "$context" >&2
echo "$tag"
