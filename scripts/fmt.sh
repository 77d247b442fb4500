#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
#: Formats C# (white space, by .editorconfig) and C (by native/.clang-format where there is one).
#:
#: usage: ./tci fmt
set -euo pipefail
. scripts/parts/parts.sh

[ $# -eq 0 ] || usage "fmt takes no '$1'."
need_dotnet
dotnet_setup
format_csharp apply
if [ -n "$(clang_format_files)" ]; then
    need_for lint
    clang_format_files | xargs -d '\n' clang-format -i
fi
say "Formatted."
