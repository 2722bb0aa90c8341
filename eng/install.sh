#!/usr/bin/env bash
# Installs the system packages that are missing, by apt as root or with sudo; elsewhere it says what to install.
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
  if [[ $package == tesseract-ocr-eng ]]; then
    tesseract --list-langs 2>/dev/null | grep -qx eng || missing+=("$package")
  else
    command -v "${command_of[$package]}" >/dev/null || missing+=("$package")
  fi
done

# PDF files may leave the standard fonts to the machine; poppler then takes these. Other systems keep theirs elsewhere, so only Debian is looked at.
if command -v apt-get >/dev/null && ! compgen -G '/usr/share/fonts/*/urw-base35/*' >/dev/null; then
  missing+=(fonts-urw-base35)
fi

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
