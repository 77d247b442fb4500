# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# The Debian packages each task needs. What is missing is installed by name; what is there costs one dpkg-query.

# need_for TASK: installs what a task needs. No package that brings a service of its own, which would be started; but for postgresql, whose own is left alone.
need_for() {
    case $1 in
        native) need "building the capture engine" gcc libc6-dev cmake make pkg-config libpcap-dev libjansson-dev liburing-dev libxdp-dev libbpf-dev ;;
        fuzz) need "fuzzing the capture engine" clang libclang-rt-dev ;;
        lint) need "checking the sources" git jq shellcheck clang-format ;;
        test)
            need_for fuzz
            need "running the tests" binutils jq curl unzip openssl python3 iproute2 ethtool iputils-ping
            compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need "the store's tests on PostgreSQL" postgresql ;;
        demo) need "making traffic and looking at it" curl jq unzip iproute2 ethtool iputils-ping dnsmasq-base bind9-dnsutils openssl python3 ;;
    esac
}

# Names of those that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || echo "$package"
    done
}

# need WHY PACKAGE...: sees to it that the packages are installed.
need() {
    local why=$1 missing as=()
    shift
    if ! command -v dpkg-query >/dev/null; then
        warn "This is no Debian: see to it yourself that these are installed (for $why): $*"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || ! { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
            die "Packages are missing (for $why), and there is neither root nor sudo. Ask for: apt-get install --no-install-recommends ${missing[*]}"
        fi
        as=(sudo)
    fi
    say "Installing with apt, for $why: ${missing[*]}"
    apt_get update || warn "apt-get update failed; trying with the lists that are there."
    apt_get install -y --no-install-recommends "${missing[@]}" ||
        die "apt could not install them. Try: ${as[*]} apt-get update && ${as[*]} apt-get install --no-install-recommends ${missing[*]}"
}

# Waits for another apt's lock, at most five minutes.
apt_get() {
    bounded 900 "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null
}

need_dotnet() {
    local version
    command -v dotnet >/dev/null || die "The .NET SDK 10 is not installed, or not on the path: install it and start again."
    version=$(dotnet --version 2>/dev/null) || die "dotnet is there but finds no SDK: install the .NET SDK 10."
    [ "${version%%.*}" -ge 10 ] || die "The .NET SDK on the path is $version; TCI needs 10 or newer."
}
