#!/usr/bin/env bash
# The whole job without Docker: one central, some agencies, one draw, as processes of this machine.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: [NAME=value]... scripts/run-local.sh      (or: make run NAME=value...)

  DATA=dir       where agency-1.csv, agency-2.csv ... are      (.data)
  AGENCIES=n     how many of them take part                    (all of them)
  DIALECT=name   lines, fixed, csv, packets, tlv, or all:
                 the agencies take turns                       (lines)
  BATCH=n        bets a batch at most                          (the agency's own default)

Settings of the two programs work too: SERVER_PORT=9090, CENTRAL_LISTENERS_TLV_PORT=22349, CENTRAL_DRAW_TIMEOUT=300s.
Logs and the store are left in target/run. Exit code: 0 all done, 3 done but rows were skipped, 1 anything else.
USAGE
}

mapfile -t DIALECTS < <("${BASH_SOURCE[0]%/*}/dialects.sh")
readonly DIALECTS
readonly START_LIMIT=60 STOP_LIMIT=10 # seconds

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root run=$root/target/run

fail() {
  printf 'run: %s\n' "$*" >&2
  exit 1
}

now() { # with fractions where this bash has them
  printf '%s' "${EPOCHREALTIME:-$(date +%s).0}" | tr , .
}

# --- what is asked for ---------------------------------------------------------------------------------------------

if [ $# -gt 0 ]; then
  usage
  case $1 in -h | --help) exit 0 ;; *) exit 2 ;; esac
fi

dialect=${DIALECT:-lines}
case " ${DIALECTS[*]} all " in
  *" $dialect "*) ;;
  *) fail "DIALECT is '$dialect'; it must be one of: ${DIALECTS[*]} all" ;;
esac

data=${DATA:-$root/.data}
[ -d "$data" ] || fail "DATA is '$data', which is no directory; make data writes .data"
data=$(cd "$data" && pwd)

agencies=${AGENCIES:-}
if [ -z "$agencies" ]; then
  agencies=$(find -L "$data" -maxdepth 1 -name 'agency-[1-9]*.csv' | wc -l | tr -d ' ')
  [ "$agencies" -gt 0 ] || fail "no agency-<n>.csv in $data; make data writes some"
fi
[[ $agencies =~ ^[1-9][0-9]{0,3}$ ]] || fail "AGENCIES is '$agencies'; it must be a number from 1 to 9999"
for ((n = 1; n <= agencies; n++)); do
  [ -r "$data/agency-$n.csv" ] || fail "$data/agency-$n.csv is missing; make data AGENCIES=$agencies writes it into .data"
done

dialect_of() { # agency
  if [ "$dialect" = all ]; then
    printf '%s' "${DIALECTS[($1 - 1) % ${#DIALECTS[@]}]}"
  else
    printf '%s' "$dialect"
  fi
}

port_of() { # dialect: its listener's port, as the central itself reads it
  local name i
  name=CENTRAL_LISTENERS_$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]')_PORT
  for ((i = 0; i < ${#DIALECTS[@]}; i++)); do
    [ "${DIALECTS[i]}" != "$1" ] || printf '%s' "${!name:-$((12345 + i))}"
  done
}

http_port=${SERVER_PORT:-8080}

# --- what it needs -------------------------------------------------------------------------------------------------

make -s -C "$root" build
java=$("$root/scripts/java25.sh")

answers() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

! answers "$http_port" || fail "port $http_port (HTTP) is taken: stop what listens there, or give another with SERVER_PORT=..."
for name in "${DIALECTS[@]}"; do
  port=$(port_of "$name")
  ! answers "$port" || fail "port $port (dialect $name) is taken: stop what listens there, or give another with" \
    "CENTRAL_LISTENERS_$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]')_PORT=..."
done

rm -rf "$run"
mkdir -p "$run/store"
cd "$run" # so that no config.yaml or config/ of the caller's directory is picked up

# --- processes -----------------------------------------------------------------------------------------------------

central=
pids=()   # of agency n at n
states=() # of agency n at n: running, or its exit code
for ((n = 0; n <= agencies; n++)); do
  pids[n]=
  states[n]=running
done

# shellcheck disable=SC2317 # called by the traps
stop_all() {
  trap '' INT TERM
  local pid
  for pid in "${pids[@]}" "$central"; do
    [ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true
  done
  for pid in "${pids[@]}" "$central"; do
    [ -z "$pid" ] || await_end "$pid" || kill -KILL "$pid" 2>/dev/null || true
  done
}

await_end() { # pid
  local limit=$((SECONDS + STOP_LIMIT))
  while kill -0 "$1" 2>/dev/null; do
    [ "$SECONDS" -lt "$limit" ] || return 1
    sleep 0.05
  done
}

# shellcheck disable=SC2317
on_int() {
  printf '\nrun: interrupted; stopping everything\n' >&2
  exit 130
}
# shellcheck disable=SC2317
on_term() {
  exit 143
}

# one word each: bash 5.2 misreads a longer trap that fires inside a command substitution
trap stop_all EXIT
trap on_int INT
trap on_term TERM

started=$(now)

"$java" -XX:+ExitOnOutOfMemoryError -jar "$root/central/target/central.jar" --central.agencies="$agencies" \
  --central.store.directory="$run/store" >central.log 2>&1 &
central=$!

central_gone() { # when
  local code=0
  wait "$central" || code=$?
  grep -E 'ERROR|result: fail' central.log | tail -n 1 >&2 || true
  fail "the central ended $1, with exit code $code; its log: $run/central.log"
}

ready() {
  local status
  exec 3<>"/dev/tcp/127.0.0.1/$http_port" || return 1
  printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  read -r -t 5 _ status _ <&3 || status=
  exec 3>&-
  [ "$status" = 200 ]
}

limit=$((SECONDS + START_LIMIT))
until ready 2>/dev/null; do
  if ! kill -0 "$central" 2>/dev/null; then
    central_gone "before it was ready"
  fi
  [ "$SECONDS" -lt "$limit" ] || fail "the central was not ready within $START_LIMIT s; its log: $run/central.log"
  sleep 0.05
done

for ((n = 1; n <= agencies; n++)); do
  speaks=$(dialect_of "$n")
  address=localhost:$(port_of "$speaks")
  (
    export CLI_ID=$n CLI_FILE=$data/agency-$n.csv CLI_DIALECT=$speaks CLI_SERVER_ADDRESS=$address
    [ -z "${BATCH:-}" ] || export CLI_BATCH_MAXAMOUNT=$BATCH
    exec "$java" -jar "$root/agency/target/agency.jar"
  ) >"agency-$n.log" 2>&1 &
  pids[n]=$!
done

# --- progress ------------------------------------------------------------------------------------------------------

totals=(0)
for ((n = 1; n <= agencies; n++)); do
  totals[n]=$(wc -l <"$data/agency-$n.csv" | tr -d ' ')
done

look() { # fills sent[n], from the logs, and states[n]
  local counted n
  counted=$(awk '
    FNR == 1 { n = FILENAME; gsub(/[^0-9]/, "", n) }
    /action: apuesta_enviada \| result: success/ {
      if (match($0, /cantidad: [0-9]+/)) sent[n] += substr($0, RSTART + 10, RLENGTH - 10)
    }
    END { for (n in sent) print n, sent[n] }' agency-*.log)
  while read -r n count; do
    [ -z "$n" ] || sent[n]=$count
  done <<<"$counted"
  for ((n = 1; n <= agencies; n++)); do
    if [ "${states[n]}" = running ] && ! kill -0 "${pids[n]}" 2>/dev/null; then
      states[n]=0
      wait "${pids[n]}" || states[n]=$?
      pids[n]=
    fi
  done
}

value() { # agency, key: from its summary line
  sed -n "s/.*action: summary |.* $2: \([^ |]*\).*/\1/p" "agency-$1.log" | tail -n 1
}

phase() { # agency
  case ${states[$1]} in
    0 | 3) printf 'done, %s winners' "$(value "$1" winners)" ;;
    running) if [ "${sent[$1]}" -ge "${totals[$1]}" ]; then printf 'waiting for the draw'; else printf 'sending'; fi ;;
    *) printf 'failed, exit code %s' "${states[$1]}" ;;
  esac
}

sent=()
shown=()
for ((n = 0; n <= agencies; n++)); do
  sent[n]=0
  shown[n]=
done

redraw=false
if [ -t 1 ] && [ "$agencies" -lt "$(tput lines 2>/dev/null || echo 24)" ]; then
  redraw=true
fi
drawn=false

show() {
  local n what news
  if $redraw && $drawn; then
    printf '\033[%dA' "$agencies"
  fi
  drawn=true
  for ((n = 1; n <= agencies; n++)); do
    what=$(phase "$n")
    if $redraw; then
      printf '\r\033[Kagency %4d  %-7s  %9d / %-9d  %s\n' "$n" "$(dialect_of "$n")" "${sent[n]}" "${totals[n]}" "$what"
      continue
    fi
    # on a pipe a line says something new, a quarter of the work at least, or is not there
    news="$what $((sent[n] * 4 / (totals[n] + 1)))"
    if [ "$news" != "${shown[n]}" ]; then
      printf 'agency %d  %s  %d / %d  %s\n' "$n" "$(dialect_of "$n")" "${sent[n]}" "${totals[n]}" "$what"
      shown[n]=$news
    fi
  done
}

running() {
  local n
  for ((n = 1; n <= agencies; n++)); do
    [ "${states[n]}" != running ] || return 0
  done
  return 1
}

failed() {
  local n
  for ((n = 1; n <= agencies; n++)); do
    case ${states[n]} in running | 0 | 3) ;; *) return 0 ;; esac
  done
  return 1
}

# with one agency gone there is no draw: the others would only wait until they are told so
while running && ! failed; do
  kill -0 "$central" 2>/dev/null || central_gone "in the middle"
  look
  show
  sleep 0.1
done

# --- the end -------------------------------------------------------------------------------------------------------

seconds=$(awk -v from="$started" -v to="$(now)" 'BEGIN { printf "%.1f", to - from }')

code=0
complain() {
  printf 'run: %s\n' "$*" >&2
  code=1
}

for ((n = 1; n <= agencies; n++)); do
  [ -z "${pids[n]}" ] || kill -TERM "${pids[n]}" 2>/dev/null || true
done
kill -TERM "$central"
if await_end "$central"; then
  central_code=0
  wait "$central" || central_code=$?
  central=
  [ "$central_code" = 0 ] || complain "the central ended with exit code $central_code; its log: $run/central.log"
else
  complain "the central did not stop within $STOP_LIMIT s; its log: $run/central.log"
fi

echo
printf '%6s  %-7s  %10s  %8s\n' agency dialect bets winners
bets=0 winners=0 skipped=0
for ((n = 1; n <= agencies; n++)); do
  case ${states[n]} in
    0 | 3)
      printf '%6d  %-7s  %10d  %8d\n' "$n" "$(value "$n" dialect)" "$(value "$n" sent)" "$(value "$n" winners)"
      bets=$((bets + $(value "$n" sent))) winners=$((winners + $(value "$n" winners)))
      skipped=$((skipped + $(value "$n" skipped)))
      ;;
    *) printf '%6d  %-7s  %10s  %8s\n' "$n" "$(dialect_of "$n")" - - ;;
  esac
done
printf '%6s  %-7s  %10d  %8d  %s s\n' total '' "$bets" "$winners" "$seconds"
echo

for ((n = 1; n <= agencies; n++)); do
  case ${states[n]} in
    0) ;;
    3) printf 'run: agency %d skipped %d rows; its log says which: %s\n' "$n" "$(value "$n" skipped)" "$run/agency-$n.log" >&2 ;;
    running) printf 'run: agency %d was stopped before it was done\n' "$n" >&2 ;;
    *) complain "agency $n failed with exit code ${states[n]}; its log: $run/agency-$n.log" ;;
  esac
done

stored=$(wc -l <"$run/store/bets.csv" | tr -d ' ') || stored=0
if [ "$code" = 0 ] && [ "$stored" != "$bets" ]; then
  complain "the agencies sent $bets bets, but $run/store/bets.csv has $stored rows"
fi
draws=$(grep -c 'action: sorteo | result: success' central.log || true)
if [ "$code" = 0 ] && [ "$draws" != 1 ]; then
  complain "there were $draws draws instead of one; the log: $run/central.log"
fi
if [ "$code" = 0 ] && [ "$skipped" -gt 0 ]; then
  code=3
fi
exit "$code"
