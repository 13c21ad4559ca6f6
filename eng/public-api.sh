#!/usr/bin/env bash
# Writes src/*/PublicAPI.Unshipped.txt anew: what is public and not in PublicAPI.Shipped.txt, as the analyser names it, over all target
# frameworks. Then builds with the check on, which fails where a framework differs from the others.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 LC_ALL=C

work=$(mktemp -d)
done=false
cleanup() {
    # A tree that does not compile leaves the files as they were.
    if ! $done; then (cd "$work/before" && find . -name '*.txt') | while IFS= read -r file; do cp "$work/before/$file" "$file"; done; fi
    rm -rf "$work"
}
trap cleanup EXIT

mkdir "$work/before"
cp --parents src/*/PublicAPI.Unshipped.txt "$work/before"
for file in src/*/PublicAPI.Unshipped.txt; do printf '#nullable enable\n' >"$file"; done

build() {
    dotnet build SocketIO.slnx --no-incremental --tl:off -v:q "-clp:NoSummary;ForceNoAlign" -p:CheckPublicApi=true "$@"
}

printf 'Reading the public surface…\n'
if ! build -p:TreatWarningsAsErrors=false >"$work/log"; then
    grep -E ' error ' "$work/log" | sort -u >&2
    exit 1
fi

for file in src/*/PublicAPI.Unshipped.txt; do
    project=$(basename "$(dirname "$file")")
    {
        printf '#nullable enable\n'
        sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*\[.*[/\\]$project\.csproj.*/\1/p" "$work/log" | sort -u
    } >"$file"
    printf '%6d  %s\n' "$(($(wc -l <"$file") - 1))" "$file"
done
done=true

printf 'Checking…\n'
build
