#!/bin/bash
# clang-tidy over every source of newswatch, one process a core. Nothing is compiled but what clang-tidy reads.
#
#   cmake/tidy.sh [BUILD_FOLDER]    default: build-tidy, which the preset of that name configures
#
# Says `seen: FILE` after each. Exit 0 where there is nothing else to say.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$source_dir"
build=${1:-build-tidy}
cmake --preset tidy -B "$build" >/dev/null
find daemon plugins -name '*.cpp' -print0 | sort -z \
    | xargs -0 -n 1 -P "$(nproc)" bash -c 'clang-tidy --quiet -p "$0" "$1"; code=$?; echo "seen: $1"; exit $code' "$build"
