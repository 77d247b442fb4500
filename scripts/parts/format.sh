# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# What formatting means, for `fmt`, which applies it, and `lint`, which checks it.

# White space only, file by file: style is enforced by the build, and loading the solution would take longer than compiling it.
# A folder without its slash matches nothing, silently.
format_csharp() { # apply | check
    local verify=()
    [ "$1" = apply ] || verify=(--verify-no-changes)
    bounded 300 dotnet format whitespace . --folder --include src/ tests/ bench/ examples/ -v q "${verify[@]}"
}

# C files, where a .clang-format says how.
clang_format_files() {
    if [ -f .clang-format ] || [ -f native/.clang-format ]; then git ls-files --cached --others --exclude-standard -- 'native/*.c' 'native/*.h'; fi
}
