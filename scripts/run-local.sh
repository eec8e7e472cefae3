#!/usr/bin/env bash
# The whole job without Docker: one central or several, some agencies, one draw, as processes of this machine. What it does stands in
# local/; here are only what it needs before there is anything built.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: [NAME=value]... scripts/run-local.sh      (or: make run NAME=value...)

  DATA=dir       where agency-1.csv, agency-2.csv ... are      (.data)
  AGENCIES=n     how many of them take part                    (all of them)
  DIALECT=name   lines, fixed, csv, packets, tlv, or all:
                 the agencies take turns                       (lines)
  BATCH=n        bets a batch at most                          (the agency's own default)
  CENTRALS=n     centrals that share the draw, with a
                 PostgreSQL of this job that Maven fetches;
                 each has its ports ten above those before     (1, with a store of its own)

Settings of the two programs work too: SERVER_PORT=9090, CENTRAL_LISTENERS_TLV_PORT=22349, CENTRAL_DRAW_TIMEOUT=300s.
On a terminal each agency has a line with a bar, its rate and the time left; NO_COLOR=1 keeps colours out.
Logs and the store are left in target/run. Exit code: 0 all done, 3 done but rows were skipped, 1 anything else.
USAGE
}

if [ $# -gt 0 ]; then
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    *)
      printf "run-local.sh: it takes no '%s'\n" "$*" >&2
      usage >&2
      exit 2
      ;;
  esac
fi

# paths as they are, whatever the machine's locale; where there is no such locale this means C
export LC_ALL=C.UTF-8

root=$(cd "$(dirname -- "$0")/.." && pwd)

refuse() {
  printf 'run: %s\n' "$*" >&2
  exit 1
}

# what can be seen at once is said before anything is fetched and built
number() { # variable, its value, the most
  case $2 in
    *[!0-9]* | 0* | ???????????*) refuse "$1 is '$2'; it must be a number from 1 to $3" ;;
  esac
  [ "${2:-1}" -le "$3" ] || refuse "$1 is '$2'; it must be a number from 1 to $3"
}

number CENTRALS "${CENTRALS:-}" 9
number AGENCIES "${AGENCIES:-}" 9999
number BATCH "${BATCH:-}" 2147483647
dialects=$("$root/scripts/dialects.sh" | xargs)
case ${DIALECT:-} in
  '' | all) ;;
  *) grep -qxF -- "$DIALECT" <<<"$("$root/scripts/dialects.sh")" || refuse "DIALECT is '$DIALECT'; it must be one of: $dialects all" ;;
esac
# A build under the feet of a job that runs would pull its programs away. The job's own lock is what counts, and comes later.
other=$(cat "$root/target/run.lock" 2>/dev/null || true)
if [ -n "$other" ] && grep -q loteria.local.Run <<<"$(ps -p "$other" -o args= 2>/dev/null)"; then
  refuse "another make run is at work here (process $other); wait for its end, or stop it"
fi

# make's own variables are those of a make that waits for this script, and tells no other of its jobs
unset MAKEFLAGS MAKELEVEL MFLAGS
make -s -C "$root" build
case ${CENTRALS:-1} in
  1) ;;
  *) make -s -C "$root" database ;;
esac
java=$("$root/scripts/java25.sh")

terminal=
if [ -t 1 ]; then
  terminal=$(tput lines 2>/dev/null || echo 24)x$(tput cols 2>/dev/null || echo 80)
fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$root/local/target/local.jar" loteria.local.Run "$root" "$terminal"
