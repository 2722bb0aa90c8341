#!/usr/bin/env bash
# Installs what is missing, builds, runs every test; the last line is "N passed, N failed". --unit runs the fast part alone.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
suites=(Unit Integration)
case "${1:-}" in
  "")
    "$root/eng/install.sh" test || exit 1
    # Tests that need containers are skipped without an engine, and fail with CI=true. Their images are made meanwhile; a test that needs one waits for it.
    if "$root/eng/docker.sh"; then
      (for image in "$root"/eng/images/*.Dockerfile; do "$root/eng/images/build.sh" "$(basename "$image" .Dockerfile)"; done; "$root/deploy/build.sh" --tools) >/dev/null 2>&1 &
    fi
    ;;
  --unit) suites=(Unit) ;;
  *)
    echo "Usage: ./test.sh [--unit]" >&2
    exit 1
    ;;
esac

dotnet build Idp.sln --configuration Release --nologo --verbosity quiet || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }

passed=0
failed=0
unsteady=()
for suite in "${suites[@]}"; do
  log=$(mktemp)
  dotnet test --project "tests/$suite/$suite.csproj" --configuration Release --no-build 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  count() { sed -nE "s/^ *$1: *([0-9]+).*/\1/p" "$log" | tail -n 1; }
  suite_passed=$(count succeeded)
  suite_failed=$(count failed)
  # Up to three failed integration tests are run a second time, alone, and named below if they pass (docs/adr/0028); more are never chance, and neither is a
  # run that ended otherwise than by failed tests (status 2).
  mapfile -t methods < <(sed -nE 's/^ *failed (Idp\.[A-Za-z0-9_.]+).*/\1/p' "$log" | sort -u)
  if [[ $suite == Integration && $status -eq 2 && ${#methods[@]} -gt 0 && ${suite_failed:-0} -le 3 ]]; then
    echo "Once more, alone: ${methods[*]}"
    if dotnet test --project "tests/$suite/$suite.csproj" --configuration Release --no-build --filter-method "${methods[@]}"; then
      unsteady+=("${methods[@]}")
      suite_passed=$((suite_passed + suite_failed))
      suite_failed=0
      status=0
    fi
  fi
  passed=$((passed + ${suite_passed:-0}))
  failed=$((failed + ${suite_failed:-0}))
  # A run that ends badly without a failed test (a crash, no test found) is a failure too.
  if [[ $status -ne 0 && ${suite_failed:-0} -eq 0 ]]; then
    failed=$((failed + 1))
  fi
  rm -f "$log"
done
if [[ ${#unsteady[@]} -gt 0 ]]; then
  echo "Unsteady, passed only the second time, to be mended:"
  printf '  %s\n' "${unsteady[@]}"
fi
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
