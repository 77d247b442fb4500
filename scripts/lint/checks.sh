# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The checks of ./tci lint: each prints what it found and fails if it found something. They see tracked and new files, not ignored ones.

files() { git ls-files -z --cached --others --exclude-standard -- "$@" | xargs -0 -r ls -d 2>/dev/null; }

# none: fails if there is input, and shows it. It reads from a process, not a pipe: a search that finds nothing is no failure.
none() { ! grep .; }

shell_files() {
    files '*.sh'
    files tci .ci/run 'bench/*/run' 'examples/*'  | while read -r file; do
        if [ -f "$file" ] && [[ $file != *.sh ]] && head -n 1 "$file" | grep -qE '^#!.*\b(ba|da)?sh\b'; then echo "$file"; fi
    done
}

check_shell() { shell_files | sort -u | xargs -d '\n' shellcheck -x; }

check_csharp() {
    need_dotnet
    dotnet_setup
    format_csharp check
}

check_c() {
    [ -n "$(clang_format_files)" ] || return 0
    clang_format_files | xargs -d '\n' clang-format --dry-run --Werror
}

# The brackets keep the patterns from finding themselves.
check_words() {
    local left='\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b'
    local registry='([a-z0-9-]+\.)*(n[u]get|n[p]mjs|p[y]pi|pythonhosted|d[e]bian|d[o]cker|q[u]ay|g[h]cr)\.(org|com|io)\b'
    local machine='(^|[^A-Za-z0-9_.$}~*-])/(w[o]rk|h[o]me|f[a]rm|r[o]ot|U[s]ers)/[A-Za-z0-9._-]'
    none < <(files | grep -vE '\.(pcap|pcapng|png|ico|woff2|zip)$' | xargs -d '\n' grep -nHIE "$left|$registry|$machine" | cut -c 1-200)
}

source_files() { files '*.cs' '*.c' '*.h' '*.sh' '*.awk' '*.py' '*.ts' '*.cmake' 'CMakeLists.txt' '**/CMakeLists.txt' tci .ci/run; }

check_headers() {
    none < <(source_files | while read -r file; do head -n 3 "$file" | grep -q 'SPDX-License-Identifier: BSD-3-Clause' || echo "$file"; done)
}

check_large() { none < <(files | xargs -d '\n' stat -c '%s %n' | awk '$1 > 2097152 { print $2 ": " $1 " bytes" }'); }

# Every version of the numbers in history, oldest first, then the present ones: no line may ever rise.
check_ratchets() {
    local file=tests/Architecture/ratchets.txt commit
    [ -f "$file" ] || return 0
    none < <({
        git log --reverse --format=%H -- "$file" | while read -r commit; do git show "$commit:$file" 2>/dev/null || true; done
        cat "$file"
    } | awk '/^[a-z]/ { if ($1 in least && $2 + 0 > least[$1]) print $1 " rose from " least[$1] " to " $2; least[$1] = $2 + 0 }')
}
