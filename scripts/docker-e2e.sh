#!/usr/bin/env bash
# usage: scripts/docker-e2e.sh
#
# The whole job in Docker, for real: builds the images, composes docker-compose-dev.yaml, looks at everything that was
# promised about it, and takes it down again; then the compositions of docker/moving. Needs a Docker engine with Compose v2,
# and port 8080.
set -uo pipefail

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "scripts/docker-e2e.sh: it takes no '%s'\nusage: scripts/docker-e2e.sh\n" "$*" >&2
    exit 2
    ;;
esac
cd "$(dirname -- "$0")/.." || exit 1
. scripts/checks.sh
export LC_ALL=C.UTF-8

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
  rm -rf "$COPY" backup-of-the-store.tar
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

ended() { # container...: waits until every one has ended by itself
  timeout "$JOB_LIMIT" docker wait "$@" >/dev/null || {
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

winners_are_right() { # client name prefix, directory of the agencies' files
  local n won
  for n in 1 2 3 4 5; do
    won=$(tr -d '\r' <"$2/agency-$n.csv" | grep -c ',7574$')
    equal "agency $n: $(summary "$1$n" winners)" "agency $n: $won" || return 1
  done
}

echo_is() { # result, exit code; and how long it may take
  local said code=0 from=$SECONDS
  said=$(sh ./validar-echo-server.sh 2>/dev/null) || code=$?
  equal "$said, exit code $code" "action: test_echo_server | result: $1, exit code $2" || return 1
  [ $((SECONDS - from)) -le 15 ] || {
    echo "it took $((SECONDS - from)) s"
    return 1
  }
}

published() {
  equal "$(docker port server | sed 's/ ->.*//' | sort -u)" 8080/tcp
}

not_root() { # container: its processes, but for what asks
  equal "$(docker exec "$1" sh -c 'cat /proc/1/status' | awk '/^Uid:/ { print $2, $3, $4 }')" '10001 10001 10001'
}

confined() { # container
  equal "$(docker inspect -f '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.PidsLimit}} {{.HostConfig.LogConfig.Config}}' "$1")" \
    'true [ALL] [no-new-privileges:true] 256 map[max-file:5 max-size:10m]' && [ "$(docker inspect -f '{{.HostConfig.Memory}}' "$1")" -gt 0 ]
}

store_is_private() {
  equal "$(docker exec server stat -c '%U %a' store store/bets.csv store/bets.journal store/draw.json | sort | uniq -c | xargs)" \
    '3 loteria 600 1 loteria 700'
}

small() { # image: beyond its base
  local size base
  size=$(docker image inspect -f '{{.Size}}' "$1")
  base=$(docker image inspect -f '{{.Size}}' eclipse-temurin:25-jre)
  echo "$(((size - base) / 1000000)) MB beyond the base"
  [ $((size - base)) -lt 200000000 ]
}

nothing_left() { # but for the store, if anybody says so
  equal "$(docker ps -aq --filter label=com.docker.compose.project=tp0)" '' &&
    equal "$(docker network ls -q --filter name=tp0_)" '' &&
    equal "$(docker volume ls -q | sort)" "$(printf '%s\n' "$volumes_before" "$@" | grep . | sort)"
}

# the store is a volume's, whatever becomes of the service
recreates_server() {
  compose up -d --force-recreate --wait server
}

# The course's checks read every line of an action, and end with an error where a part between bars is not key: value.
course_reads() { # the log, by its standard input
  ! awk -F '|' '
    /action:/ {
      unreadable = $1 !~ /action: [a-z_]+ *$/ || $2 !~ /^ result: (success|fail|in_progress) *$/
      for (i = 3; i <= NF; i++) if ($i !~ /^ [A-Za-z0-9_]+: / || $i ~ /^ (source|action|result):/) unreadable = 1
      if (unreadable) print
    }' | grep .
}

course_reads_containers() {
  local container
  for container in $(docker ps -aq); do
    docker logs "$container" 2>&1 | course_reads || return 1
  done
}

all_say() { # pattern: of a line in every client's log, which is read to its end: docker would fail where its reader leaves
  local client log
  for client in "${CLIENTS[@]}"; do
    log=$(docker logs "$client" 2>&1)
    grep -q "$1" <<<"$log" || {
      printf "%s has no line '%s':\n%s\n" "$client" "$1" "$log"
      return 1
    }
  done
}

asides() {
  compose run --rm --no-deps -T --entrypoint sh server -c 'ls -d store/draw-*'
}

as_printed() { # document: its commands, one after the other
  local commands
  commands=$(scripts/document-commands.sh "$1" docker) && [ -n "$commands" ] && bash -euo pipefail -c "$commands"
}

old_draw_verifies() {
  local aside
  aside=$(asides) || return 1
  equal "$(wc -l <<<"$aside")" 1 && compose run --rm --no-deps -T server verify "$aside"
}

batches_of_50() {
  local rows
  rows=$(wc -l <.data/agency-1.csv)
  equal "$(summary client1 batches) batches" "$(((rows + 49) / 50)) batches"
}

alone() {
  docker compose -f "$COPY/alone.yaml" "$@"
}

older_composition_stood_here() { # two clients more, made and not started
  ./generar-compose.sh "$COPY/older.yaml" 7 >/dev/null 2>&1 && docker compose -f "$COPY/older.yaml" create
}

no_older_clients() {
  equal "$(docker ps -aq --filter name=client6 --filter name=client7)" ''
}

only_central_runs() {
  equal "$(docker ps -a --format '{{.Names}}')" server
}

healthy() { # container
  equal "$(docker inspect -f '{{.State.Health.Status}}' "$1")" healthy
}

single_bet_keeps_its_accents() {
  docker run --rm --network tp0_testing_net --env CLI_ID=1 --env CLI_SERVER_ADDRESS=server --env NOMBRE='José Ángel' \
    --env APELLIDO=Núñez --env DOCUMENTO=30904465 --env NACIMIENTO=1999-03-17 --env NUMERO=7574 client &&
    equal "$(docker exec server cat store/bets.csv)" $'1,José Ángel,Núñez,30904465,1999-03-17,7574\r'
}

# Each of the five systems, as those who used it have it. The real data where it is, else the invented set.
data=../shared/dataset
[ -d "$data" ] || data=.data

moved() { # dialect, argument of compose...
  docker compose -f "$COPY/moving/$1/docker-compose.yaml" "${@:2}"
}

# Root's folders are made anew, the file that one of them mounts has bets of before, and the clients connect once: a single
# attempt, as theirs have it, a moment after the server's start.
unpacks() { # dialect: its composition, with the agencies' files where its users have them
  local to=$COPY/moving/$1
  mkdir -p "$to/.data" && cp -R "docker/moving/$1/." "$to" && cp "$data"/agency-[1-5].csv "$to/.data" &&
    awk '{ print } sub(/- CLI_ID=.*/, "- CLI_RECONNECT_LIMIT=0s")' "docker/moving/$1/docker-compose.yaml" >"$to/docker-compose.yaml" || return 1
  [ ! -e "$to/server/common/bets.csv" ] || echo '1,Of,Before,30904465,1999-03-17,1' >"$to/server/common/bets.csv"
}

removes() { # dialect: what is of the container's user, too
  docker run --rm -v "$PWD/$COPY/moving:/moving" busybox rm -rf "/moving/$1"
}

changes_nothing_else() { # dialect: nothing of ours but image and entrypoint is in the composition
  ! grep -v entrypoint "docker/moving/$1/docker-compose.yaml" |
    grep -E 'CENTRAL_|CLI_DIALECT|CLI_FILE|docker/|/app/\.data|healthy|8080|user:|condition'
}

has_bets_at() { # container, path
  equal "$(docker exec "$1" sh -c "wc -l <'$2'")" "$(cat "$data"/agency-[1-5].csv | wc -l | tr -d ' ')"
}

at_work() { # the container of the central that serves; where there are several, the others found its store taken
  docker ps --format '{{.Names}}' --filter name=server
}

# A peer that begins the moment that the server's container is started. How soon the port takes a connection is up to the
# machine; the first one that it takes must be served, though the central is not ready yet. Shows what it was answered.
connects() { # message, bytes of the answer
  # shellcheck disable=SC2016 # the container's own shell
  docker run --rm --network tp0_testing_net --env MESSAGE="$1" --env BYTES="$2" --entrypoint bash client:latest -c '
    for try in {1..600}; do
      if exec 3<>/dev/tcp/server/12345; then
        printf "$MESSAGE" >&3 && timeout 60 head -c "$BYTES" <&3 | od -An -c | tr -d " \n"
        exit
      fi
      sleep 0.1
    done' 2>/dev/null
}

serves_the_first_that_connects() { # dialect, message, answer, its bytes
  local said
  moved "$1" up -d server >/dev/null 2>&1 && said=$(connects "$2" "$4")
  moved "$1" down --volumes >/dev/null 2>&1
  equal "$said" "$3"
}

others_ended_at_once() { # replicas that found the store taken: one line each, and the code of it
  local container
  for container in $(docker ps -aq --filter name=server --filter status=exited); do
    equal "$(docker inspect -f '{{.State.ExitCode}}' "$container")" 2 &&
      equal "$(docker logs "$container" 2>&1 | grep -c .)" 1 || return 1
  done
}

one_at_work() {
  equal "$(at_work | wc -l)" 1
}

moves_in() { # dialect, client name prefix, where its users look for the bets
  local clients=("$2"{1..5}) central
  check "$1: its composition is unpacked" unpacks "$1"
  check "$1: nothing but image and entrypoint is changed" changes_nothing_else "$1"
  check "$1: up" moved "$1" up -d || {
    moved "$1" down --volumes
    return
  }
  check "$1: every client ends by itself" ended "${clients[@]}"
  check "$1: every client ended with exit code 0" all_ended_with_0 "${clients[@]}"
  check "$1: each agency got its own winners" winners_are_right "$2" "$data"
  check "$1: one central is at work" eventually 60 one_at_work
  check "$1: any other said why in one line, and ended" others_ended_at_once
  central=$(at_work)
  check "$1: one line of the central's log says sorteo" equal "$(docker logs "$central" 2>&1 | grep -c sorteo)" 1
  check "$1: the bets are where its users look for them" has_bets_at "$central" "$3"
  check "$1: the central is healthy" eventually 20 healthy "$central"
  check "$1: stop" moved "$1" stop -t 10
  check "$1: the central ended with exit code 0" all_ended_with_0 "$central"
  check "$1: the course can read every line" course_reads_containers
  check "$1: down" moved "$1" down --volumes
  check "$1: its folders are removed" removes "$1"
}

by_tls() {
  docker compose -f "$COPY/docker-compose-dev.yaml" -f "$COPY/docker-compose-tls.yaml" "$@"
}

# a composition of all five dialects, with certificates of its own
prepares_tls() {
  ./generar-compose.sh "$COPY/docker-compose-dev.yaml" 5 --dialect all >/dev/null 2>&1 && cp docker-compose-tls.yaml "$COPY" &&
    make -s local/target/local.jar &&
    "$(scripts/java25.sh)" -cp local/target/local.jar loteria.local.certificates.MakeCertificates --directory="$COPY/certs"
}

all_by_tls() { # nobody came in without, and nobody was kept out
  local log
  log=$(docker logs server 2>&1)
  grep -q 'action: certificates | result: success | bundle: central' <<<"$log" && ! grep handshake <<<"$log"
}

only_its_own_key() { # client
  equal "$(docker inspect -f '{{range .Mounts}}{{.Name}} {{end}}' "$1" | xargs)" "tp0_keys-$1"
}

volumes_before=$(docker volume ls -q | sort)

# --- as it is --------------------------------------------------------------------------------------------------------

check 'settings are copied' copy
need 'make docker-image' make docker-image
check 'an older composition had two clients more' older_composition_stood_here
need 'make docker-compose-up' make docker-compose-up
check 'clients of an older composition are gone' no_older_clients
check 'every client ends by itself' ended "${CLIENTS[@]}"
check 'every client ended with exit code 0' all_ended_with_0 "${CLIENTS[@]}"
check 'exactly one line of the logs says sorteo' draws
check 'the course can read every line of the logs' course_reads_containers
check 'the store has every bet' stored_everything
check 'each agency got its own winners' winners_are_right client .data
check 'health is UP, with liveness and readiness' health
check 'port 8080 is published, no other' published
check 'the echo check succeeds' echo_is success 0
check 'server does not run as root' not_root server
check 'server may do nothing but run' confined server
check 'a client may do nothing but run' confined client1
check 'the store is for the user of the central alone' store_is_private
check 'server has less than 200 MB beyond its base' small server:latest
check 'client has less than 200 MB beyond its base' small client:latest
check 'docker compose stop -t 10' compose stop -t 10
check 'every container ended with exit code 0' all_ended_with_0 server "${CLIENTS[@]}"
check 'the echo check fails once the server is stopped' echo_is fail 1
check 'make docker-compose-down' make docker-compose-down
check 'nothing is left but the store' nothing_left tp0_store
check 'the echo check fails where there is no composition' echo_is fail 1

# --- the store outlives the composition ------------------------------------------------------------------------------

check 'up on a drawn store' compose up -d --no-build
check 'every client ends by itself, on a drawn store' ended "${CLIENTS[@]}"
check 'every client ended with exit code 0, on a drawn store' all_ended_with_0 "${CLIENTS[@]}"
check 'nothing was sent to a drawn store' all_say 'action: resume .*nothing was sent'
check 'each agency got the same winners again' winners_are_right client .data
check 'the service is made anew' recreates_server
check 'the store still has every bet' stored_everything
check 'make docker-compose-new-draw' make docker-compose-new-draw
check 'every client ends by itself, in a new draw' ended "${CLIENTS[@]}"
check 'the new draw has every bet' stored_everything
check 'the old draw is kept, and verifies' old_draw_verifies
check 'the commands of docs/operations.md, as they are printed' as_printed docs/operations.md
check 'Compose accepts what watches the composition' compose -f docker-compose-observability.yaml config --quiet
check 'down, with the store' compose down --volumes
check 'the commands of README.md, as they are printed' as_printed README.md
check 'nothing is left but the store, again' nothing_left tp0_store
check 'down, with the store again' compose down --volumes

# --- another batch.maxAmount, without a build ------------------------------------------------------------------------

sed 's/maxAmount: .*/maxAmount: 50/' docker/agency/config.yaml >"$COPY/docker/agency/config.yaml"
need 'up with batch.maxAmount 50, not building' changed up -d --no-build
check 'every client ends by itself, again' ended "${CLIENTS[@]}"
check 'the batches have 50 bets' batches_of_50
check 'down' changed down --volumes

# --- stopped in the middle -------------------------------------------------------------------------------------------

# one agency that never comes: all others wait for the draw
sed 's/CENTRAL_AGENCIES=1-5/CENTRAL_AGENCIES=1-6/' docker-compose-dev.yaml >"$COPY/docker-compose-dev.yaml"
need 'up with a sixth agency that never comes' changed up -d --no-build
check 'every client waits for the draw' eventually "$JOB_LIMIT" \
  all_say 'action: consulta_ganadores | result: in_progress' # one that is stopped before that may end with 1
check 'stop -t 10 while they wait' changed stop -t 10
check 'every container ended with exit code 0, stopped in the middle' all_ended_with_0 server "${CLIENTS[@]}"
check 'down, after a stop in the middle' changed down --volumes
check 'nothing is left, again' nothing_left

# --- the central alone -----------------------------------------------------------------------------------------------

check 'a composition without clients' ./generar-compose.sh "$COPY/alone.yaml" 0
check 'up, the central alone' alone up -d --no-build
check 'nothing else runs' only_central_runs
check 'it becomes healthy' eventually 60 healthy server
check 'the echo check succeeds, without clients' echo_is success 0
check 'a single bet from the environment keeps its accents' single_bet_keeps_its_accents
check 'down, after the central alone' alone down --volumes

# --- several centrals ------------------------------------------------------------------------------------------------

several() {
  docker compose -f "$COPY/several.yaml" "$@"
}

bets_in_database() { # SQL's count of what
  docker exec postgres psql -U lottery -d "$POSTGRES_DB" -tAc "SELECT count($1) FROM bets"
}

some_are_stored() {
  [ "$(bets_in_database '*')" -gt 0 ]
}

killed_midway() { # container
  eventually 60 some_are_stored && docker kill "$1" || return 1
  local stored
  stored=$(bets_in_database '*')
  echo "$stored bets were stored"
  [ "$stored" -lt "$(cat .data/agency-[1-5].csv | wc -l)" ]
}

all_are_in_database() {
  local rows
  rows=$(cat .data/agency-[1-5].csv | wc -l | tr -d ' ')
  equal "$(bets_in_database '*')" "$rows" && equal "$(bets_in_database 'DISTINCT (agency, document, number, first_name, last_name)')" "$rows"
}

composes_slow_agencies() { # three centrals, and agencies that take a while
  ./generar-compose.sh "$COPY/several.yaml" 5 --centrals 3 &&
    awk '{ print } /- CLI_ID=/ { sub(/CLI_ID=.*/, "CLI_BATCH_MAXAMOUNT=1"); print }' "$COPY/several.yaml" >"$COPY/slow.yaml" &&
    mv "$COPY/slow.yaml" "$COPY/several.yaml"
}

# as they have it in their .env
composes_eight() {
  env CLIENTS=5 SERVERS=8 SERVER_NAME=server SERVER_PORT=12345 DOCKER_SUBNET=172.25.125.0/24 \
    ./generar-compose.sh "$COPY/several.yaml" --dialect packets
}

no_new_draw_of_a_shared_store() {
  local said
  said=$(fails scripts/new-draw.sh "$COPY/several.yaml" 2>&1) && [[ $said = *'CENTRAL_DRAW_NAME=<name>'* ]]
}

one_draw() {
  equal "$(several logs | grep -c sorteo)" 1
}

# the database that every image has, a stand-in for PostgreSQL's own too
export POSTGRES_DB=postgres
check 'a composition of three centrals' composes_slow_agencies
check 'a new draw of a shared store has another name' no_new_draw_of_a_shared_store
check 'up, three centrals' several up -d --no-build
check 'a central is killed in the middle' killed_midway server2
check 'every client ends by itself, one central less' ended "${CLIENTS[@]}"
check 'every client ended with exit code 0, one central less' all_ended_with_0 "${CLIENTS[@]}"
check 'every bet is in the database, once' all_are_in_database
check 'one line of all the logs says sorteo' one_draw
check 'the course can read every line of three centrals' course_reads_containers
check 'each agency got its own winners, from any central' winners_are_right client .data
check 'down, with the volume' several down --volumes
check 'a composition with SERVERS=8' composes_eight
check 'up, eight centrals' several up -d --no-build
check 'every client of eight centrals ends by itself' ended "${CLIENTS[@]}"
check 'every client of eight centrals ended with exit code 0' all_ended_with_0 "${CLIENTS[@]}"
check 'one line of eight logs says sorteo' one_draw
check 'eight centrals stored every bet' all_are_in_database
check 'down, after eight centrals' several down --volumes
check 'nothing is left, after several centrals' nothing_left
# --- by mutual TLS ---------------------------------------------------------------------------------------------------

check 'certificates are made' prepares_tls
check 'up, by TLS' by_tls up -d --no-build
check 'every client ends by itself, by TLS' ended "${CLIENTS[@]}"
check 'every client ended with exit code 0, by TLS' all_ended_with_0 "${CLIENTS[@]}"
check 'the store has every bet, by TLS' stored_everything
check 'each agency got its own winners, by TLS' winners_are_right client .data
check 'all of it was by TLS' all_by_tls
check 'the course can read every line, by TLS' course_reads_containers
check 'a client has its own key alone' only_its_own_key client1
check 'down, by TLS' by_tls down --volumes

# --- who moves in ----------------------------------------------------------------------------------------------------

check 'an image without root is built for those who ask for one' docker build -q -f docker/Dockerfile --target central .
moves_in lines client /bets.csv
moves_in fixed client /bets.csv
moves_in csv client /bets.csv
moves_in packets client /shared-volume/bets.csv
moves_in tlv client- /app/bets.csv
for dialect in lines packets; do
  check "$dialect: its composition is unpacked again" unpacks "$dialect"
done
for try in 1 2 3; do
  check "lines: the first connection that is taken is served, $try" serves_the_first_that_connects lines 'E:1\nhello\n' 'E:1\nhello\n' 10
  check "packets: the first connection that is taken is served by one of eight, $try" serves_the_first_that_connects packets \
    '\0\053StoreBet:1;Ana;Paz;3090446'"$try"';1999-03-17;7574' '\0017StoreResponse:0' 17
done
for dialect in lines packets; do
  removes "$dialect"
done
check 'nothing is left, after all' nothing_left

verdict
