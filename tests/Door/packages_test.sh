# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Debian packages: asked for by name when they are missing, not at all when they are there. dpkg, apt, id and sudo are stand-ins.
# shellcheck disable=SC1091,SC2016,SC2154  # run.sh sets root

. "$root/scripts/parts/say.sh"
. "$root/scripts/parts/packages.sh"

stand_ins() {
    mkdir bin
    printf '#!/bin/sh\nfor last; do :; done\ngrep -qx "$last" installed && printf "ii " || exit 1\n' >bin/dpkg-query
    printf '#!/bin/sh\necho "$@" >>apt.txt\n[ ! -f apt-fails ]\n' >bin/apt-get
    printf '#!/bin/sh\necho "${AS:-0}"\n' >bin/id
    printf '#!/bin/sh\n[ -f may-sudo ] || exit 1\n[ "$1" != -n ] || shift\necho sudo >>apt.txt\nexec "$@"\n' >bin/sudo
    chmod +x bin/*
    printf 'gcc\nmake\n' >installed
    PATH=$PWD/bin:$PATH
}

test_nothing_is_done_when_all_are_there() {
    stand_ins
    equal "" "$(need "a test" gcc make)"
    [ ! -f apt.txt ] || fail "apt was called"
}

test_what_is_missing_is_installed_by_name_and_said() {
    stand_ins
    said=$(need "a test" gcc cmake libpcap-dev)
    holds "$said" "Installing with apt, for a test: cmake libpcap-dev"
    holds "$(tail -n 1 apt.txt)" "install -y --no-install-recommends cmake libpcap-dev"
    lacks "$(tail -n 1 apt.txt)" "gcc"
}

test_without_root_it_goes_through_sudo() {
    stand_ins
    export AS=1000
    touch may-sudo
    need "a test" cmake </dev/null >said.txt
    holds "$(cat apt.txt)" "sudo"
}

test_without_root_and_sudo_the_error_is_the_command() {
    stand_ins
    export AS=1000
    status=0
    (need "a test" cmake make jq </dev/null) >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "apt-get install --no-install-recommends cmake jq"
    [ ! -f apt.txt ] || fail "apt was called"
}

test_an_apt_that_fails_is_an_error() {
    stand_ins
    touch apt-fails
    status=0
    (need "a test" cmake) >said.txt 2>&1 || status=$?
    equal 1 "$status"
    holds "$(cat said.txt)" "could not install"
}
