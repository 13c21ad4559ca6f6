#!/usr/bin/env bash
# Installs what the tests need, builds the solution once and runs every test project.
# Needs the .NET 10 SDK and Node.js 20 or later. The last line reads: N passed, N failed
#
#   ./test.sh                 everything
#   ./test.sh Engine Socket   the test projects whose names contain one of these words

set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
readonly configuration=Release
readonly minutes_per_project=10
log=$(mktemp)
trap 'rm -f "$log"' EXIT

main() {
    require dotnet "the .NET 10 SDK (https://dotnet.microsoft.com/download)"
    require npm "Node.js 20 or later (https://nodejs.org)"

    step "Build"
    dotnet build SocketIO.slnx -c "$configuration" --tl:off -v:q -clp:NoSummary || stop "The build failed."

    install_node_packages
    if selected SocketIO.Client.Tests "$@"; then
        publish_native_client
        install_mono
    fi
    if selected Interop.Tests "$@"; then publish_browser_client; fi
    if selected SocketIO.Redis.Tests "$@"; then install_redis; fi
    run_tests "$@"
}

require() {
    command -v "$1" >/dev/null || stop "$1 was not found: install $2."
}

step() {
    printf '\n== %s\n' "$1"
}

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

# The JavaScript peers: every package.json below test/.
install_node_packages() {
    local manifest folder
    while IFS= read -r manifest; do
        folder=$(dirname "$manifest")
        step "npm ci ($folder)"
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || stop "npm could not install $manifest."
        if grep -q playwright "$manifest"; then install_browser && install_proxy; fi
    done < <(find test -name package.json -not -path '*/node_modules/*' -not -path '*/bin/*' -not -path '*/obj/*' | sort)
}

# The sample that is compiled to native code; a warning on the way is an error. Where there is no linker, its tests are skipped.
publish_native_client() {
    local linker
    for linker in clang gcc; do
        command -v "$linker" >/dev/null || continue
        step "Publish samples/NativeClient"
        dotnet publish samples/NativeClient -c "$configuration" -o artifacts/NativeClient -p:CppCompilerAndLinker="$linker" --tl:off -v:q ||
            stop "The native client could not be published."
        return
    done
    printf 'Neither clang nor gcc was found: the tests of the native client are skipped.\n' >&2
}

# The page with the client in WebAssembly.
publish_browser_client() {
    step "Publish test/BrowserClient"
    dotnet publish test/BrowserClient -c "$configuration" -o artifacts/BrowserClient --tl:off -v:q || stop "The browser client could not be published."
}

install_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then return; fi
    done
    install_package chromium || stop "Chromium could not be installed: install it, or run as root or with sudo."
}

# The proxy of the interop tests; where it cannot be had, they skip what needs it.
install_proxy() {
    if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; then return; fi
    install_package nginx-light || printf 'nginx could not be installed: the tests behind it are skipped.\n' >&2
}

# Runs the .NET Standard builds of the client; where it cannot be had, their tests are skipped. Only the package of the developers' tools holds netstandard.dll.
install_mono() {
    if [ -e /usr/lib/mono/4.5/Facades/netstandard.dll ]; then return; fi
    install_package mono-devel || printf 'Mono could not be installed: the tests on it are skipped.\n' >&2
}

# Redis 7, whose sharded channels the tests need.
install_redis() {
    if command -v redis-server >/dev/null; then return; fi
    install_package redis-server || stop "Redis could not be installed: install redis-server 7 or later, or run as root or with sudo."
}

install_package() {
    local sudo=()
    step "Install $1"
    if [ "$(id -u)" -ne 0 ]; then sudo=(sudo -n); fi
    command -v apt-get >/dev/null || return
    { ${sudo[@]+"${sudo[@]}"} apt-get update -qq &&
        ${sudo[@]+"${sudo[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null
}

run_tests() {
    local project name line total errors failed skipped code
    local all_passed=0 all_failed=0 all_skipped=0 problems=()

    while IFS= read -r project; do
        name=$(basename "$project" .csproj)
        selected "$name" "$@" || continue
        step "$name"
        timeout --kill-after=10 "${minutes_per_project}m" \
            dotnet "$(dirname "$project")/bin/$configuration/net10.0/$name.dll" -noColor -noLogo 2>&1 | tee "$log"
        code=${PIPESTATUS[0]}

        if ! grep -Eq '^ *[^ ]+ +Total: [1-9]' "$log"; then
            all_failed=$((all_failed + 1))
            problems+=("$name reported no tests (exit code $code$([ "$code" -eq 124 ] && printf ', stopped after %s minutes' "$minutes_per_project"))")
            continue
        fi

        total=$(count Total) errors=$(count Errors) failed=$(count Failed) skipped=$(count Skipped)
        all_passed=$((all_passed + total - failed - skipped - $(count 'Not Run')))
        all_failed=$((all_failed + failed + errors))
        all_skipped=$((all_skipped + skipped))
        while IFS= read -r line; do problems+=("$name: $line"); done < <(grep -E '\[FAIL\]|\[FATAL ERROR\]' "$log" | sed 's/^ *//')
        if [ "$code" -ne 0 ] && [ $((failed + errors)) -eq 0 ]; then
            all_failed=$((all_failed + 1))
            problems+=("$name ended with exit code $code")
        fi
    done < <(find test -name '*.Tests.csproj' | sort)

    step "Result"
    if [ ${#problems[@]} -gt 0 ]; then printf 'FAILED %s\n' "${problems[@]}"; fi
    if [ "$all_skipped" -gt 0 ]; then
        printf '%d passed, %d failed, %d skipped\n' "$all_passed" "$all_failed" "$all_skipped"
    else
        printf '%d passed, %d failed\n' "$all_passed" "$all_failed"
    fi
    [ "$all_failed" -eq 0 ] && [ "$all_passed" -gt 0 ]
}

# Whether the name ($1) contains one of the words that follow; any name does when there are none.
selected() {
    local name=$1 word
    shift
    if [ $# -eq 0 ]; then return 0; fi
    for word in "$@"; do
        case $name in *"$word"*) return 0 ;; esac
    done
    return 1
}

# A number of the summary line in $log, e.g. "X.Tests  Total: 9, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1.2s"
count() {
    local number
    number=$(grep -E '^ *[^ ]+ +Total: ' "$log" | tail -n 1 | sed -nE "s/.*$1: ([0-9]+).*/\1/p")
    printf '%s' "${number:-0}"
}

main "$@"
