#!/usr/bin/env bash
# Builds this server and its peers, drives each with the same load, checks every answer, and prints a table of medians.
# Needs Linux and the .NET 10 SDK; Node.js 20 or later for the peers in JavaScript. See bench/README.md.
#
#   ./bench.sh                                           everything (some 25 minutes)
#   ./bench.sh --only echo,ack --servers socketio,kestrel --runs 3
#   ./bench.sh --baseline ../other-clone                 another clone's server as a column of its own
#   ./bench.sh scale                                     how it grows: 20,000 connections, storms, large rooms, a slow consumer
#   ./bench.sh client                                    this client beside the NuGet package SocketIOClient
#   ./bench.sh --quick                                   whether it runs, not how fast

set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
readonly folder load="$folder/bench/Load"
readonly baseline_output="$folder/artifacts/baseline"

main() {
    local mode=() options=() baseline=
    if [ "${1-}" = client ]; then
        shift
        bench_client "$@"
    fi
    if [ "${1-}" = scale ]; then
        mode=(scale)
        shift
    fi
    while [ $# -gt 0 ]; do
        if [ "$1" = --baseline ]; then
            baseline=$(cd "${2:?--baseline needs a folder}" && pwd)
            shift
        else
            options+=("$1")
        fi
        shift
    done

    build "$load/Load.csproj"
    install_node_packages
    if [ -n "$baseline" ]; then
        # Into a folder of ours, so that the other clone keeps what it has built.
        build "$load/Servers/SocketIO/SocketIOApp.csproj" "-p:SocketIORoot=$baseline" -p:UseArtifactsOutput=true "-p:ArtifactsPath=$baseline_output"
        options+=(--baseline-dll "$baseline_output/bin/SocketIOApp/release/SocketIOApp.dll")
    fi

    # A file for every connection, at both ends.
    ulimit -n "$(ulimit -Hn)"
    local pinning=()
    if [ "$(nproc)" -ge 2 ] && command -v taskset >/dev/null; then
        pinning=(taskset -c 1)
        options+=(--server-core 0)
    fi
    exec ${pinning[@]+"${pinning[@]}"} dotnet "$load/bin/Release/net10.0/Load.dll" ${mode[@]+"${mode[@]}"} ${options[@]+"${options[@]}"}
}

# Two clients of .NET, in turn, against the official server.
bench_client() {
    build "$folder/bench/Client/Client.csproj"
    install_node_packages
    local pinning=() options=()
    if [ "$(nproc)" -ge 2 ] && command -v taskset >/dev/null; then
        pinning=(taskset -c 1)
        options=(--server-core 0)
    fi
    exec ${pinning[@]+"${pinning[@]}"} dotnet "$folder/bench/Client/bin/Release/net10.0/Client.dll" ${options[@]+"${options[@]}"} "$@"
}

# The peers in JavaScript; where npm is missing or fails, they are skipped.
install_node_packages() {
    local peers="$load/Servers/JavaScript"
    if [ "$peers/node_modules/.package-lock.json" -nt "$peers/package-lock.json" ]; then return; fi
    command -v npm >/dev/null || return 0
    (cd "$peers" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || printf 'npm could not install %s.\n' "$peers" >&2
}

build() {
    dotnet build -c Release --tl:off -v:q -clp:NoSummary "$@" >&2 || { printf 'The build failed.\n' >&2; exit 1; }
}

main "$@"
