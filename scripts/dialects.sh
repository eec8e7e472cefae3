#!/bin/sh
# usage: dialects.sh
#
# Prints the names of the dialects, a line each, in the order of their ports (12345 and on). The list itself is the one
# that the programs read.
set -eu

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "dialects.sh: it takes no '%s'\nusage: dialects.sh\n" "$*" >&2
    exit 2
    ;;
esac
sed -n 's/^loteria\.protocol\.\([a-z]*\)\..*/\1/p' \
  "$(dirname -- "$0")/../protocol/src/main/resources/META-INF/services/loteria.protocol.Dialect"
