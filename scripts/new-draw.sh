#!/usr/bin/env bash
# usage: scripts/new-draw.sh [<compose file>]
#
# Begins a new draw in a composition (docker-compose-dev.yaml if none is named) and keeps the old one: stops everything, moves
# what the store holds into draw-<time>, a directory of the same volume, and starts again. A store without bets stays as it is.
set -euo pipefail

case "$#:${1:-}" in
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  0:* | 1:[!-]*) ;;
  *)
    echo 'usage: scripts/new-draw.sh [<compose file>]' >&2
    exit 2
    ;;
esac
file=${1:-$(dirname -- "$0")/../docker-compose-dev.yaml}

compose() {
  docker compose -f "$file" "$@"
}

services=$(compose config --services)
grep -qx server <<<"$services" || {
  echo "new-draw: $file has no service 'server' with a store of its own. Where centrals share a database a new draw has another" \
    'name: CENTRAL_DRAW_NAME=<name> in the environment of each of them' >&2
  exit 1
}

# Nothing else may have the store while it is moved. A name that is taken is that of this very second: mkdir then fails. The
# journal goes last: where this is cut off before, a start mends the old draw from it, and this can be done again.
compose stop -t 10
# shellcheck disable=SC2016 # the container's shell expands these
compose run --rm --no-deps -T --entrypoint sh server -c '
  set -e
  cd /app/store
  if [ ! -e bets.journal ] && [ ! -e bets.csv ]; then
    echo "new-draw: the store is empty, a new draw can begin"
    exit 0
  fi
  aside=draw-$(date -u +%Y%m%dT%H%M%SZ)
  mkdir "$aside"
  find . -mindepth 1 -maxdepth 1 ! -name "draw-*" ! -name bets.journal -exec mv {} "$aside/" \;
  mv bets.journal "$aside/"
  sync
  echo "new-draw: the old draw is kept in /app/store/$aside"
  echo "new-draw: check it with: docker compose run --rm --no-deps server verify store/$aside"
'
compose up -d
