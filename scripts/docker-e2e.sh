#!/usr/bin/env bash
# usage: scripts/docker-e2e.sh
#
# The whole job in Docker, for real: builds the images, composes docker-compose-dev.yaml, looks at everything that was
# promised about it, and takes it down again. Needs a Docker engine with Compose v2, and port 8080.
set -uo pipefail

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    echo 'usage: scripts/docker-e2e.sh' >&2
    exit 2
    ;;
esac
cd "$(dirname -- "$0")/.." || exit 1
. scripts/checks.sh

readonly CLIENTS=(client1 client2 client3 client4 client5)
readonly JOB_LIMIT=180 # seconds
readonly COPY=target/docker-e2e

if ! docker info >/dev/null 2>&1; then
  echo "docker-e2e: no Docker engine answers; start one, or see 'docker info'" >&2
  exit 1
fi

compose() {
  docker compose -f docker-compose-dev.yaml "$@"
}

cleanup() {
  compose down --volumes --remove-orphans >/dev/null 2>&1
  rm -rf "$COPY"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
cleanup

# a copy of what is mounted, to change settings in without touching the user's own; the same project, the same images
changed() {
  docker compose -f "$COPY/docker-compose-dev.yaml" "$@"
}

copy() {
  mkdir -p "$COPY/docker" && cp -R docker/central docker/agency "$COPY/docker" && cp -R .data docker-compose-dev.yaml "$COPY"
}

http() { # path: the answer's body
  exec 3<>/dev/tcp/127.0.0.1/8080 || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  sed '1,/^\r*$/d' <&3
  exec 3>&-
}

health() {
  local body
  body=$(http /actuator/health) || return 1
  case $body in
    *'"liveness"'*'"readiness"'*'"status":"UP"'* | *'"status":"UP"'*'"liveness"'*'"readiness"'*) ;;
    *)
      echo "$body"
      return 1
      ;;
  esac
}

ended() { # waits until every client has ended by itself
  timeout "$JOB_LIMIT" docker wait "${CLIENTS[@]}" >/dev/null || {
    echo "not all ended within $JOB_LIMIT s"
    docker ps -a --format '{{.Names}} {{.Status}}'
    return 1
  }
}

codes() { # container...: their exit codes
  docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' "$@" | sort -u
}

all_ended_with_0() { # container...
  equal "$(codes "$@")" 'exited 0' || {
    docker ps -a --format '{{.Names}} {{.Status}}'
    return 1
  }
}

summary() { # client, key
  docker logs "$1" 2>&1 | sed -n "s/.*action: summary |.* $2: \([^ |]*\).*/\1/p"
}

draws() {
  equal "$(compose logs | grep -c sorteo)" 1
}

stored_everything() {
  equal "$(docker exec server sh -c 'wc -l <store/bets.csv')" "$(cat .data/agency-[1-5].csv | wc -l | tr -d ' ')"
}

winners() {
  local n
  for n in 1 2 3 4 5; do
    equal "agency $n: $(summary "client$n" winners)" "agency $n: $(grep -c ',7574$' ".data/agency-$n.csv")" || return 1
  done
}

echo_is() { # result, exit code; and how long it may take
  local said code=0 from=$SECONDS
  said=$(sh ./validar-echo-server.sh 2>/dev/null) || code=$?
  equal "$said, exit code $code" "action: test_echo_server | result: $1, exit code $2" || return 1
  [ $((SECONDS - from)) -le 5 ] || {
    echo "it took $((SECONDS - from)) s"
    return 1
  }
}

published() {
  equal "$(docker port server | sed 's/ ->.*//' | sort -u)" 8080/tcp
}

not_root() { # image
  case $(docker image inspect -f '{{.Config.User}}' "$1") in '' | root | 0*) return 1 ;; esac
}

small() { # image: beyond its base
  local size base
  size=$(docker image inspect -f '{{.Size}}' "$1")
  base=$(docker image inspect -f '{{.Size}}' eclipse-temurin:25-jre)
  echo "$(((size - base) / 1000000)) MB beyond the base"
  [ $((size - base)) -lt 200000000 ]
}

nothing_left() {
  equal "$(docker ps -aq --filter label=com.docker.compose.project=tp0)" '' &&
    equal "$(docker network ls -q --filter name=tp0_)" '' &&
    equal "$(docker volume ls -q)" "$volumes_before"
}

waiting() { # every client has sent its bets: one that is stopped before that may end with 1
  local client
  for client in "${CLIENTS[@]}"; do
    docker logs "$client" 2>&1 | grep -q 'action: consulta_ganadores | result: in_progress' || return 1
  done
}

batches_of_50() {
  local rows
  rows=$(wc -l <.data/agency-1.csv)
  equal "$(summary client1 batches) batches" "$(((rows + 49) / 50)) batches"
}

volumes_before=$(docker volume ls -q)

# --- as it is --------------------------------------------------------------------------------------------------------

need 'make docker-compose-up' make docker-compose-up
check 'every client ends by itself' ended
check 'every client ended with exit code 0' all_ended_with_0 "${CLIENTS[@]}"
check 'exactly one line of the logs says sorteo' draws
check 'the store has every bet' stored_everything
check 'each agency got its own winners' winners
check 'health is UP, with liveness and readiness' health
check 'port 8080 is published, no other' published
check 'the echo check succeeds' echo_is success 0
check 'server does not run as root' not_root server:latest
check 'client does not run as root' not_root client:latest
check 'server has less than 200 MB beyond its base' small server:latest
check 'client has less than 200 MB beyond its base' small client:latest
check 'docker compose stop -t 10' compose stop -t 10
check 'every container ended with exit code 0' all_ended_with_0 server "${CLIENTS[@]}"
check 'the echo check fails once the server is stopped' echo_is fail 1
check 'make docker-compose-down' make docker-compose-down
check 'nothing is left' nothing_left
check 'the echo check fails where there is no composition' echo_is fail 1

# --- another batch.maxAmount, without a build ------------------------------------------------------------------------

check 'settings are copied' copy
sed 's/maxAmount: .*/maxAmount: 50/' docker/agency/config.yaml >"$COPY/docker/agency/config.yaml"
need 'up with batch.maxAmount 50, not building' changed up -d --no-build
check 'every client ends by itself, again' ended
check 'the batches have 50 bets' batches_of_50
check 'down' changed down

# --- stopped in the middle -------------------------------------------------------------------------------------------

# one agency that never comes: all others wait for the draw
sed 's/CENTRAL_AGENCIES=5/CENTRAL_AGENCIES=6/' docker-compose-dev.yaml >"$COPY/docker-compose-dev.yaml"
need 'up with a sixth agency that never comes' changed up -d --no-build
check 'every client waits for the draw' eventually "$JOB_LIMIT" waiting
check 'stop -t 10 while they wait' changed stop -t 10
check 'every container ended with exit code 0, stopped in the middle' all_ended_with_0 server "${CLIENTS[@]}"
check 'down, after a stop in the middle' changed down
check 'nothing is left, again' nothing_left

verdict
