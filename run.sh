#!/usr/bin/env bash
# From a fresh machine to a processed document: installs what is missing, builds, processes the sample packet, shows it, and serves.
# --once stops after the table.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
once=false
case "${1:-}" in
  "") ;;
  --once) once=true ;;
  *)
    echo "Usage: ./run.sh [--once]" >&2
    exit 1
    ;;
esac

"$root/eng/install.sh" run
cd "$root"
./idp process samples/loan-packet.pdf
if [[ $once == false ]]; then
  exec ./idp serve
fi
