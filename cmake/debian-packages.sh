# shellcheck shell=bash
# Sourced by quickstart and tests/run: which packages of debian-packages.txt are missing, and how they get here.

packages_file=${BASH_SOURCE[0]%.sh}.txt

# missing_packages KIND...: the names of that kind that are not installed, one a line.
missing_packages() {
    local kind name
    while read -r kind name _; do
        [[ " $* " == *" $kind "* ]] || continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
    done <"$packages_file"
}

# purpose_of NAME: what the package is for.
purpose_of() {
    awk -v name="$1" '$2 == name { $1 = $2 = ""; sub(/^ +/, ""); print; exit }' "$packages_file"
}

# How this user becomes root: nothing for root, `sudo` where there is one.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# can_install: says why not, and gives 1, where packages cannot be installed from here.
can_install() {
    if ! command -v apt-get >/dev/null; then
        echo "This is not Debian (there is no apt-get): install the packages of $packages_file in your system's way." >&2
        return 1
    fi
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        echo "Installing needs root, and there is no sudo: run this as root once:  apt-get install --no-install-recommends $*" >&2
        return 1
    fi
}

# install_packages LOG NAME...: apt-get's own words go to LOG, its last lines to stderr where it fails.
install_packages() {
    local log=$1
    shift
    if as_root apt-get update >"$log" 2>&1 \
        && as_root apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
        return 0
    fi
    tail -n 5 "$log" >&2
    echo "apt-get failed; everything it said is in $log. Check the network and /etc/apt/sources.list, then start this again." >&2
    return 1
}

# show_progress LABEL: reads a ninja build on stdin and shows how far it is: a bar on a terminal, else a line for
# every tenth. What is not progress is swallowed here: it is in the log.
show_progress() {
    local label=$1 line done_ total percent shown=-1 bar
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        done_=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
        percent=$((total > 0 ? done_ * 100 / total : 100))
        if [[ -t 1 ]]; then
            ((percent == shown)) && continue
            printf -v bar '%*s' $((percent / 4)) ''
            printf '\r%s %-25s %3d %%' "$label" "${bar// /#}" "$percent"
        elif ((percent / 10 > shown / 10 || shown < 0)); then
            printf '%s %3d %% (%d of %d)\n' "$label" "$percent" "$done_" "$total"
        fi
        shown=$percent
    done
    [[ -t 1 && $shown -ge 0 ]] && printf '\n'
    return 0
}

# build_tree LABEL LOG ARGUMENTS...: cmake --build ARGUMENTS with progress; on failure the first error is shown.
build_tree() {
    local label=$1 log=$2
    shift 2
    cmake --build "$@" 2>&1 | tee "$log" | show_progress "$label"
    [[ ${PIPESTATUS[0]} == 0 ]] && return 0
    grep -m1 -A 25 '^FAILED' "$log" >&2 || tail -n 25 "$log" >&2
    echo "The build failed; everything it said is in $log." >&2
    return 1
}
