#!/usr/bin/env bash
# Builds the image of the service and prints its tag as the last line. Usage: deploy/build.sh [--no-build | --version VERSION | --tools] [TAG]; idp:latest by default.
# --no-build takes the Release build that is there; --tools makes only what the program stands on, which later builds find.
# The program is published here and the runtime taken from the SDK that built it, so that the image build needs Debian's packages alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
context=$(mktemp -d)
build=$(mktemp -d)
trap 'rm -rf "$context" "$build"' EXIT
image() { DOCKER_BUILDKIT=0 docker build -q --network host --build-arg "BASE=$("$root/eng/images/base.sh")" -f "$root/deploy/Dockerfile" "$@" "$context" >&2; }

publish=()
case "${1:-}" in
  --no-build)
    publish=(--no-build)
    shift
    ;;
  --tools)
    image --target tools
    exit
    ;;
  --version)
    # Apart from the checkout's own build, which others may be using.
    publish=(--artifacts-path "$build" -p:Version="$2" -p:RunAnalyzers=false)
    shift 2
    ;;
esac
tag=${1:-idp:latest}

dotnet publish "$root/src/Api/Api.csproj" --configuration Release --nologo --verbosity quiet "${publish[@]}" --output "$context/program" >&2
rm -f "$context"/program/*.pdb "$context"/program/*.xml

# The newest runtime of the version that the program asks for.
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
version=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.AspNetCore\.App (10\.0\.[0-9]+) .*/\1/p' | sort --version-sort | tail -n 1)
for part in host/fxr shared/Microsoft.NETCore.App shared/Microsoft.AspNetCore.App; do
  mkdir -p "$context/dotnet/$part"
  cp -R "$sdk/$part/$version" "$context/dotnet/$part/"
done
cp "$sdk/dotnet" "$context/dotnet/"

image -t "$tag"
echo "$tag"
