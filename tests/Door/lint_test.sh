# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Every check of ./tci lint finds what is planted for it, in a small repository that is clean otherwise.
# shellcheck disable=SC1091,SC2016,SC2154  # run.sh sets root

. "$root/scripts/parts/say.sh"
. "$root/scripts/parts/packages.sh"
. "$root/scripts/parts/build.sh"
. "$root/scripts/parts/format.sh"
. "$root/scripts/lint/checks.sh"

spdx='SPDX-License-Identifier: BSD-3-Clause'

repository() {
    git init -q .
    mkdir -p src tests/Architecture native
    cp "$root/.editorconfig" .
    printf '#!/bin/sh\n# %s\necho ok\n' "$spdx" >good.sh
    printf '// %s\nnamespace Tci;\n\npublic class Good\n{\n}\n' "$spdx" >src/Good.cs
    printf 'name.max 10\n' >tests/Architecture/ratchets.txt
    git add -A
    git -c user.name=t -c user.email=t@example.org commit -qm first
}

finds() {
    local check=$1
    "check_$check" >before.log 2>&1 || fail "check_$check finds something in a clean tree: $(cat before.log)"
    shift
    "$@"
    if "check_$check" >after.log 2>&1; then fail "check_$check did not find what '$*' planted"; fi
}

plant() { printf '%b' "$2" >"$1"; }

test_shell_finds_an_unquoted_variable() { repository; finds shell plant bad.sh "#!/bin/sh\n# $spdx\nrm -rf \$1/x\n"; }
test_csharp_finds_white_space() { repository; finds csharp plant src/Bad.cs "// $spdx\nnamespace Tci;\n\npublic class   Bad{ }\n"; }
test_words_finds_a_machine_path() { repository; finds words plant notes.md "see /ho""me/someone/x\n"; }
test_words_finds_a_registry() { repository; finds words plant notes.md "from api.nu""get.org\n"; }
test_words_finds_work_left_to_do() { repository; finds words plant src/Left.cs "// $spdx\n// TO""DO: later\n"; }
test_headers_finds_a_missing_line() { repository; finds headers plant src/Bare.cs "namespace Tci;\n"; }
test_large_finds_a_large_file() { repository; finds large truncate -s 3M big.bin; }
test_ratchets_finds_a_risen_number() { repository; finds ratchets plant tests/Architecture/ratchets.txt "name.max 11\n"; }

test_c_finds_a_style_that_is_not_the_files() {
    repository
    echo 'BasedOnStyle: LLVM' >native/.clang-format
    printf '// %s\nint main(void) { return 0; }\n' "$spdx" >native/good.c
    command -v clang-format >/dev/null || skip "clang-format is not installed"
    finds c plant native/bad.c "// $spdx\nint   main( void ){return 0;}\n"
}

test_ratchets_remembers_every_earlier_version() {
    repository
    plant tests/Architecture/ratchets.txt "name.max 8\n"
    git -c user.name=t -c user.email=t@example.org commit -qam second
    finds ratchets plant tests/Architecture/ratchets.txt "name.max 9\n"
}
