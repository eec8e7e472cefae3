#!/usr/bin/env bash
# usage: scripts/document-commands.sh <document> [docker]
#
# Prints the commands of a document's blocks that begin with ```sh, or with ```sh docker: what the checks run as it stands there.
set -euo pipefail

case "$#:${1:-}" in
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  [12]:[!-]*) ;;
  *)
    echo 'usage: scripts/document-commands.sh <document> [docker]' >&2
    exit 2
    ;;
esac

awk -v fence="\`\`\`sh${2:+ $2}" '
  /^```/ { inside = !inside && $0 == fence; next }
  inside
' "$1"
