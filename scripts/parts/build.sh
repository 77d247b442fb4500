# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# shellcheck disable=SC2154  # restore.sh sets what restoring found
# Makes the programs. A part whose inputs did not change since its stamp costs a `find`.

# Program and project. A program is published to out/lib/PROGRAM and started by a launcher in out/bin.
programs=(tci-server=src/Standalone/Tci.Standalone.csproj tci-flows=src/FlowsCli/Tci.FlowsCli.csproj tci-silo=src/Silo/Tci.Silo.csproj)
dotnet_inputs=(src Directory.Build.props Directory.Packages.props .editorconfig)

# Compiles without a word, and with the errors alone where it fails.
dotnet_quietly() {
    local log=artifacts/build.log
    mkdir -p artifacts
    bounded 1200 dotnet "$@" --nologo -v:q -tl:off -c Release >"$log" 2>&1 && return 0
    grep -E ': error ' "$log" | sed -E 's/ \[[^][]*\]$//' | sort -u | head -n 40 >&2 || tail -n 20 "$log" >&2
    return 1
}

dotnet_setup() {
    # No msbuild nodes stay behind, no words about telemetry; the same results in every language.
    export MSBUILDDISABLENODEREUSE=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

build_native() {
    local stamp=artifacts/native/.stamp started
    if [ ! -f native/CMakeLists.txt ]; then note "native/ has no CMakeLists.txt yet: no tci-capture."; return 0; fi
    if fresh "$stamp" native && [ -x out/bin/tci-capture ]; then return 0; fi
    need_for native
    started=$(now_ms)
    say "Building the capture engine (native)"
    mkdir -p artifacts/native out/bin out/lib
    { bounded 120 cmake -S native -B artifacts/native -DCMAKE_BUILD_TYPE=Release &&
        bounded 900 cmake --build artifacts/native --parallel; } >artifacts/native/build.log 2>&1 ||
        { cat artifacts/native/build.log >&2; die "The capture engine did not build (the lines above)."; }
    install -m 755 "$(native_file tci-capture)" out/bin/tci-capture
    install -m 644 "$(native_file libtcicapture.so)" out/lib/libtcicapture.so
    touch "$stamp"
    note "tci-capture, libtcicapture.so: $(took "$started")"
}

# Where the build left a file: at the top, or in a folder of its own.
native_file() {
    local found
    found=$(find -L artifacts/native -name "$1" -type f -not -path '*/CMakeFiles/*' -print -quit)
    [ -n "$found" ] || die "The native build made no $1."
    echo "$found"
}

# The exporter is a child per run and a tool on a command line: it carries the part of .NET that it uses, compiled, so that it starts at once. That asks
# for packages of its own, so it restores too.
publishing() {
    case $1 in
        tci-flows) echo "--ucr --self-contained -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true" ;;
        *) echo "--no-self-contained --no-restore" ;;
    esac
}

build_programs() {
    local entry program project stamp started how
    for entry in "${programs[@]}"; do
        program=${entry%%=*} project=${entry#*=} stamp=artifacts/.stamp-$program
        if [ ! -f "$project" ]; then note "$(dirname "$project") is not there yet: no $program."; continue; fi
        if fresh "$stamp" "${dotnet_inputs[@]}" && { [ -x "out/bin/$program" ] || { [ "$program" = tci-silo ] && goes_without_orleans; }; }; then continue; fi
        [ -n "${solution:-}" ] || restore
        if [ "$program" = tci-silo ] && [ -n "${orleans_missing:-}" ]; then
            rm -rf out/bin/tci-silo out/lib/tci-silo
            touch "$stamp"
            continue
        fi
        started=$(now_ms)
        say "Building $program ($(dirname "$project"))"
        read -ra how <<<"$(publishing "$program")"
        rm -rf "out/lib/$program.new"
        dotnet_quietly publish "$project" "${how[@]}" -o "out/lib/$program.new" || die "$program did not build (the lines above)."
        # What stood there before may be of another kind, with files that this one must not find.
        rm -rf "out/lib/$program" && mv "out/lib/$program.new" "out/lib/$program"
        launcher "$program"
        touch "$stamp"
        note "$program: $(took "$started")"
    done
}

# The launcher tells the program where .NET is, which it looks for in a few fixed places only.
launcher() {
    [ -x "out/lib/$1/$1" ] || die "The project of $1 makes no program of that name; set <AssemblyName>$1</AssemblyName>."
    mkdir -p out/bin
    cat >"out/bin/$1" <<EOF
#!/bin/sh
# Made by ./tci build.
if [ -z "\${DOTNET_ROOT:-}" ] && dotnet=\$(command -v dotnet); then
    DOTNET_ROOT=\$(dirname "\$(readlink -f "\$dotnet")")
    export DOTNET_ROOT
fi
exec "\$(dirname "\$(readlink -f "\$0")")/../lib/$1/$1" "\$@"
EOF
    chmod 755 "out/bin/$1"
}

build_all() {
    need_dotnet
    dotnet_setup
    build_native
    build_programs
}

# Everything of the solution, tests too. Whether Orleans is there has to be known afterwards, to count the cluster's tests.
build_tests() {
    local stamp=artifacts/.stamp-tests started
    if fresh "$stamp" "${dotnet_inputs[@]}" tests bench Tci.sln Tci.Standalone.slnf && { [ ! -f "$orleans_stamp" ] || goes_without_orleans; }; then return 0; fi
    [ -n "${solution:-}" ] || restore
    started=$(now_ms)
    say "Building the tests ($solution)"
    dotnet_quietly build "$solution" --no-restore || die "The tests did not build (the lines above)."
    touch "$stamp"
    note "built: $(took "$started")"
}
