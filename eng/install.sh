#!/usr/bin/env bash
# Installs the system packages named as arguments where they are missing: by apt as root or with sudo; elsewhere it says what to install.
# Usage: eng/install.sh run | test
set -euo pipefail

declare -A command_of=([tesseract-ocr]=tesseract [poppler-utils]=pdftotext [imagemagick]=/usr/bin/convert)
packages=(tesseract-ocr tesseract-ocr-eng poppler-utils imagemagick)
if [[ "${1:-run}" == test ]]; then
  packages+=(chromium)
  command_of[chromium]=chromium
fi

missing=()
for package in "${packages[@]}"; do
  if [[ -n "${command_of[$package]:-}" ]]; then
    command -v "${command_of[$package]}" >/dev/null || missing+=("$package")
  elif ! compgen -G '/usr/share/tesseract-ocr/*/tessdata/eng.traineddata' >/dev/null && [[ -z "${TESSDATA_PREFIX:-}" ]]; then
    missing+=("$package")
  fi
done

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0, or https://dot.net) and run this again." >&2
  exit 1
fi
[[ ${#missing[@]} -eq 0 ]] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]} (Debian's names). Install Tesseract 5 with English data, poppler's tools and ImageMagick, and run this again." >&2
  exit 1
fi
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "Missing: ${missing[*]}. Run as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${missing[*]} …"
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "Installing failed; the last lines are above. Install by hand: apt-get install ${missing[*]}" >&2
  exit 1
fi
rm -f "$log"
