#!/bin/bash
# usage: train.sh
#
# Runs while the images are built: a central and an agency for each dialect do a small job, and Java writes down what
# they needed of it (central.aot, agency.aot). The rest is removed again, and nothing keeps running.
set -euo pipefail

# the names in the order of their ports, as the programs list them
mapfile -t DIALECTS < <(sed -n 's/^loteria\.protocol\.\([a-z]*\)\..*/\1/p' /opt/dialects)
readonly DIALECTS
readonly START_LIMIT=120 # seconds, on a slow builder

work=$(mktemp -d)
cd "$work"
central=

cleanup() {
  [ -z "$central" ] || kill -KILL "$central" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  tail -n 40 "$work"/*.log >&2
  echo "train.sh: $1; the end of the logs is above" >&2
  exit 1
}

java -XX:AOTCacheOutput=/opt/central/central.aot -jar /opt/central/central.jar \
  --central.agencies=${#DIALECTS[@]} >central.log 2>&1 &
central=$!
until /opt/central/healthcheck.sh 2>/dev/null; do
  kill -0 "$central" 2>/dev/null || fail "the central ended while it started"
  ((SECONDS < START_LIMIT)) || fail "the central was not ready within $START_LIMIT s"
  sleep 0.2
done

mkdir .data
pids=()
for ((i = 1; i <= ${#DIALECTS[@]}; i++)); do
  for ((bet = 1; bet <= 300; bet++)); do
    printf 'María José,Núñez,%d,1990-01-31,%d\n' $((i * 1000000 + bet)) $((bet % 2 ? 7574 : bet))
  done >.data/agency-$i.csv
  # the first, in the dialect that is the default, is the one that gets remembered
  record=()
  ((i > 1)) || record=(-XX:AOTCacheOutput=/opt/agency/agency.aot)
  CLI_ID=$i CLI_DIALECT=${DIALECTS[i - 1]} CLI_SERVER_ADDRESS=localhost:$((12344 + i)) \
    java -XX:+UseSerialGC "${record[@]}" -jar /opt/agency/agency.jar >agency-$i.log 2>&1 &
  pids+=($!)
done
for i in "${!pids[@]}"; do
  wait "${pids[i]}" || fail "agency $((i + 1)) (${DIALECTS[i]}) ended with exit code $?"
done

kill -TERM "$central"
wait "$central" || fail "the central ended with exit code $?"
central=
for cache in /opt/central/central.aot /opt/agency/agency.aot; do
  [ -s "$cache" ] || fail "$cache was not written"
done
