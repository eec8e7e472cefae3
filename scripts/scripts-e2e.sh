#!/usr/bin/env bash
# shellcheck disable=SC2016 # what Compose fills in is looked for as it stands in a file
# usage: scripts/scripts-e2e.sh
#
# What surrounds the programs, tried from outside: the compose generator, the data, and `make run` with its refusals.
# Builds the jars if they are not there. Needs the ports 8080 and 12345 to 12349.
set -uo pipefail

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "scripts/scripts-e2e.sh: it takes no '%s'\nusage: scripts/scripts-e2e.sh\n" "$*" >&2
    exit 2
    ;;
esac
cd "$(dirname -- "$0")/.." || exit 1
. scripts/checks.sh
export LC_ALL=C.UTF-8

work=$(mktemp -d)
holder=

cleanup() {
  [ -z "$holder" ] || kill "$holder" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# --- --help ----------------------------------------------------------------------------------------------------------

helps() { # script
  local said
  said=$("$1" --help 2>&1) || return 1
  [[ $said = usage:* || $said = *$'\n'usage:* ]] || {
    echo "$said"
    return 1
  }
}

for script in ./*.sh scripts/*.sh .ci/run docker/central/healthcheck.sh; do
  [ "$script" = scripts/checks.sh ] || check "$script --help says how to call it" helps "$script"
done

names_what_it_does_not_take() { # script
  local said code=0
  said=$("$1" --foo 2>&1 >/dev/null) || code=$?
  equal "exit code $code" 'exit code 2' && equal "$(head -n 1 <<<"$said")" "${said%%:*}: it takes no '--foo'"
}

for script in validar-echo-server.sh scripts/{dialects,docker-e2e,java25,run-local,scripts-e2e}.sh .ci/run docker/central/healthcheck.sh; do
  check "$script names an argument that it does not take" names_what_it_does_not_take "./$script"
done

# --- on macOS, too -----------------------------------------------------------------------------------------------------

# From here on all scripts have a sed that refuses what BSD's takes for plain letters, or for another option.
mkdir -p "$work/bin"
cat >"$work/bin/sed" <<'SHIM'
#!/bin/sh
for argument in "$@"; do
  case $argument in
    -i* | -r* | -z* | -s | --*) bad=1 ;;
    *\\[abdefrtvwxBDSW+?\|]*) bad=1 ;;
  esac
done
[ -z "${bad:-}" ] || {
  echo "sed: not every sed understands this: $*" >&2
  exit 1
}
PATH=${PATH#*:} exec sed "$@"
SHIM
chmod +x "$work/bin/sed"
PATH=$work/bin:$PATH

knows_no_escapes() {
  ! printf 'server\r\n' | sed 's/\r$//' 2>/dev/null && equal "$(echo server | sed 's/r$//')" serve
}

# macOS has the bash of 2007. A comment may hold these words, and this very list.
speaks_old_bash() {
  ! grep -nE '(^|[^A-Za-z_])(mapfile|readarray|coproc|BASHPID|EPOCHSECONDS)($|[^A-Za-z_])|(declare|local|typeset) -[a-zA-Z]*[An]|wait -n|shopt -s (globstar|lastpipe)|\[\[ -v |printf .%\(|\|&|&>>|;;?&|\$\{[A-Za-z_]+(,|\^|@[A-Za-z]\})|\[-[0-9]+\]\}|\{[a-z]+\}[<>]|cp [^|]*--parents' \
    ./*.sh scripts/*.sh .ci/run | grep -vE '^[^:]*:[0-9]*: *#|speaks_old_bash|globstar|BASHPID'
}

check 'its own sed knows no escapes' knows_no_escapes
check 'the scripts use the words of bash 3.2 alone' speaks_old_bash

# --- generar-compose.sh ----------------------------------------------------------------------------------------------

has_the_generator() { # directory, which the generator then takes for the repository's root
  local dialects=protocol/src/main/resources/META-INF
  mkdir -p "$1/scripts" "$1/$(dirname "$dialects")" && cp generar-compose.sh "$1" && cp scripts/dialects.sh "$1/scripts" &&
    cp -R "$dialects" "$1/$dialects"
}

generates_the_committed_file() {
  local said
  has_the_generator "$work/root" || return 1
  said=$(cd "$work/root" && ./generar-compose.sh dev.yaml 5 2>/dev/null) || return 1
  equal "$said" 'Nombre del archivo de salida: dev.yaml
Cantidad de clientes: 5' && diff "$work/root/dev.yaml" docker-compose-dev.yaml
}

generates_from_anywhere() {
  (cd "$work" && sh "$OLDPWD/generar-compose.sh" here.yaml 3 --dialect all 2>/dev/null) || return 1
  equal "$(grep -c "$PWD/.data:/app/.data:ro" "$work/here.yaml")" 3 &&
    equal "$(sed -n 's/.*CLI_DIALECT=//p' "$work/here.yaml" | xargs)" 'lines fixed csv' &&
    equal "$(sed -n 's/.*CLI_SERVER_ADDRESS=//p' "$work/here.yaml" | xargs)" 'server:12345 server:12346 server:12347'
}

generates_the_central_alone() {
  ./generar-compose.sh "$work/alone.yaml" 0 >/dev/null 2>"$work/said" || return 1
  equal "$(cat "$work/said")" '' && equal "$(sed -n '/^services:/,$s/^  [a-z].*/&/p' "$work/alone.yaml" | xargs)" 'server: store: testing_net:' &&
    ! grep -E 'client|AGENCIES|environment' "$work/alone.yaml"
}

names_the_agencies() { # count, list
  ./generar-compose.sh "$work/names.yaml" "$1" >/dev/null 2>&1 &&
    equal "$(sed -n 's/.*CENTRAL_AGENCIES=\([^ ]*\).*/\1/p' "$work/names.yaml")" "$2"
}

# a path that is none in YAML, in Compose, and in the shell
quotes_the_path() {
  local root="$work/sorteo \"José\" \$HOME # 1"
  has_the_generator "$root" || return 1
  (cd "$work" && LC_ALL=C "$root/generar-compose.sh" quoted.yaml 1 >/dev/null 2>&1) || return 1
  grep -F "      - \"$work/sorteo \\\"José\\\" \$\$HOME # 1/.data:/app/.data:ro\"" "$work/quoted.yaml"
}

# the variables of whoever starts this must not count
generates() { # NAME=value... -- argument...
  local variables=()
  while [ "$1" != -- ]; do
    variables+=("$1")
    shift
  done
  shift
  (cd "$work/root" && env -u CLIENTS -u SERVERS -u SERVER_NAME -u SERVER_PORT -u DOCKER_SUBNET ${variables[@]+"${variables[@]}"} \
    ./generar-compose.sh many.yaml "$@") >"$work/said" 2>/dev/null
}

services() {
  sed -n '/^services:/,/^[a-z]*s:$/s/^  \([a-z0-9]*\):$/\1/p' "$work/root/many.yaml" | xargs
}

composes_several_centrals() {
  generates -- 2 --centrals 3 &&
    equal "$(cat "$work/said")" $'Nombre del archivo de salida: many.yaml\nCantidad de clientes: 2\nCantidad de servidores: 3' &&
    equal "$(services)" 'server1 server2 server3 postgres client1 client2' &&
    equal "$(grep -c '^          - ${SERVER_NAME:-server}$' "$work/root/many.yaml")" 3 &&
    equal "$(grep -c 'CENTRAL_STORE_TYPE=postgres' "$work/root/many.yaml")" 3 &&
    equal "$(grep -c 'condition: service_healthy' "$work/root/many.yaml")" 9 &&
    equal "$(grep -c 'build:' "$work/root/many.yaml")" 2 &&
    equal "$(grep -c '8080:8080' "$work/root/many.yaml")" 1 &&
    equal "$(sed -n 's/.*CLI_SERVER_ADDRESS=//p' "$work/root/many.yaml" | sort -u)" '${SERVER_NAME:-server}:12345' &&
    grep -A1 '^volumes:$' "$work/root/many.yaml" | grep '^  postgres-data:$' && grep pg_isready "$work/root/many.yaml"
}

# as the users of the system with several servers have it
takes_its_variables_from_env() {
  # as Windows' editor saves it: with a mark in front
  printf '\357\273\277CLIENTS=4 # agencies\nSERVERS="8"\nSERVER_NAME=lotter\r\nexport SERVER_PORT=5000\r\nDOCKER_SUBNET=10.9.8.0/24\n' \
    >"$work/root/.env"
  generates -- || return 1
  equal "$(services)" "$(echo server{1..8} postgres client{1..4})" &&
    equal "$(grep -c '^          - ${SERVER_NAME:-lotter}$' "$work/root/many.yaml")" 8 &&
    equal "$(sed -n 's/.*_LINES_PORT=//p' "$work/root/many.yaml" | sort -u)" '${SERVER_PORT:-5000}' &&
    equal "$(sed -n 's/.*CLI_SERVER_ADDRESS=//p' "$work/root/many.yaml" | sort -u)" '${SERVER_NAME:-lotter}:${SERVER_PORT:-5000}' &&
    grep -F -- '- subnet: ${DOCKER_SUBNET:-10.9.8.0/24}' "$work/root/many.yaml" &&
    generates SERVERS=1 CLIENTS=3 SERVER_PORT= -- && equal "$(services)" 'server client1 client2 client3' &&
    equal "$(grep -c '_LINES_PORT=' "$work/root/many.yaml")" 0 &&
    generates SERVERS=2 -- 1 --centrals 3 && equal "$(services)" 'server1 server2 server3 postgres client1'
  local code=$?
  rm "$work/root/.env"
  return $code
}

frees_the_port_for_the_dialect() {
  generates SERVER_PORT=12345 -- 1 --dialect packets &&
    equal "$(grep CENTRAL_LISTENERS "$work/root/many.yaml" | xargs)" \
      '- CENTRAL_LISTENERS_LINES_ENABLED=false # its port is taken - CENTRAL_LISTENERS_PACKETS_PORT=${SERVER_PORT:-12345}'
}

explains_all_variables() {
  equal "$(sed -n 's/^#\{0,1\} \{0,1\}\([A-Z_]*\)=.*/\1/p' .env.example | xargs)" \
    'COMPOSE_FILE CLIENTS SERVERS SERVER_NAME SERVER_PORT DOCKER_SUBNET POSTGRES_DB POSTGRES_PASSWORD RUNBOOK_URL PROMETHEUS_URL ALERTMANAGER_URL'
}

keeps_what_is_no_composition() {
  echo 'dear diary' >"$work/refused.yaml"
  ! ./generar-compose.sh "$work/refused.yaml" 1 >/dev/null 2>"$work/said" && equal "$(cat "$work/refused.yaml")" 'dear diary' &&
    rm "$work/refused.yaml" && grep 'is no compose file' "$work/said"
}

refuses_to_generate() { # argument...
  local said code=0
  said=$(cd "$work" && "$OLDPWD/generar-compose.sh" "$@" 2>&1 >/dev/null) || code=$?
  equal "exit code $code" 'exit code 1' && [[ $said = *usage:* ]] && [ ! -e "$work/refused.yaml" ]
}

check 'docker-compose-dev.yaml is what the generator makes for 5' generates_the_committed_file
check 'the generator works from any directory' generates_from_anywhere
check 'without clients there is the central alone' generates_the_central_alone
check 'the central knows the one agency' names_the_agencies 1 1-1
check 'the central knows the agencies' names_the_agencies 12 1-12
check 'the generator works in the Arabic of Egypt' env LC_ALL=ar_EG.UTF-8 ./generar-compose.sh "$work/ar.yaml" 10 --dialect tlv
check 'the generator works in a folder of any name' quotes_the_path
check 'several centrals stand behind one name, with one PostgreSQL' composes_several_centrals
check 'the generator takes its variables from .env, and others before' takes_its_variables_from_env
check 'the generator gives a port to the dialect that is spoken' frees_the_port_for_the_dialect
check '.env.example explains all variables' explains_all_variables
for count in 0 -1 x '' 33 03; do
  check "refuses '$count' centrals" refuses_to_generate refused.yaml 3 --centrals "$count"
done
check 'refuses more centrals and clients than there are addresses' refuses_to_generate refused.yaml 249 --centrals 2
check 'refuses an option without a value' refuses_to_generate refused.yaml 3 --centrals
check 'refuses a port that is none for the generator' env SERVER_PORT=70000 bash -c "$(declare -f refuses_to_generate equal)"'
  work=$1 OLDPWD=$PWD; refuses_to_generate refused.yaml 3' bash "$work"
check 'the generator overwrites no other file' keeps_what_is_no_composition
check 'refuses no arguments' refuses_to_generate
check 'refuses a missing count' refuses_to_generate refused.yaml
for count in -1 1.5 x '' 00 05 251 99999999999999999999; do
  check "refuses '$count' clients" refuses_to_generate refused.yaml "$count"
done
check 'refuses an unknown dialect' refuses_to_generate refused.yaml 3 --dialect morse
check 'refuses two dialects in one word' refuses_to_generate refused.yaml 3 --dialect 'lines fixed'
check 'refuses an empty dialect' refuses_to_generate refused.yaml 3 --dialect ''
check 'refuses an unknown option' refuses_to_generate refused.yaml 3 --format yaml
check 'refuses a folder that is not there' refuses_to_generate nowhere/refused.yaml 3

# --- make ------------------------------------------------------------------------------------------------------------

lists_targets() {
  local target list
  list=$(make) || return 1
  for target in run test build data bench bench-all docker-image docker-compose-up docker-compose-down docker-compose-new-draw \
    docker-compose-logs; do
    [[ $list = *"make $target "* ]] || {
      echo "$target is not listed"
      return 1
    }
  done
}

needs_no_second_build() {
  make build >/dev/null && make -q build
}

names_a_docker_that_does_not_answer() {
  mkdir -p "$work/docker" && printf '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n' >"$work/docker/docker" &&
    chmod +x "$work/docker/docker" || return 1
  equal "$(PATH=$work/docker:$PATH ./validar-echo-server.sh 2>&1)" "validar-echo-server.sh: Docker does not answer: Cannot connect to the Docker daemon
action: test_echo_server | result: fail"
}

check 'the echo check names a Docker that does not answer' names_a_docker_that_does_not_answer

refuses_old_maven() {
  local said code=0
  mkdir -p "$work/old"
  printf '#!/bin/sh\necho Apache Maven 3.6.3\n' >"$work/old/mvn"
  chmod +x "$work/old/mvn"
  said=$(PATH=$work/old:$PATH scripts/mvn.sh verify 2>&1) || code=$?
  equal "exit code $code" 'exit code 1' && [[ $said = *'is Maven 3.6.3: install Maven 3.8 or newer'* ]] && equal "$(wc -l <<<"$said")" 1
}

# a Maven that says what the last line of this file says, with a report of a test that failed
make_test_says() { # exit code, last line
  local said code=0
  rm -rf "$work/tested" && mkdir -p "$work/tested/"{scripts,bin} && cp scripts/{make-test,java25}.sh "$work/tested/scripts" || return 1
  cat >"$work/tested/scripts/mvn.sh"
  chmod +x "$work/tested/scripts/mvn.sh"
  said=$("$work/tested/scripts/make-test.sh" verify 2>&1) || code=$?
  echo "$said"
  equal "exit code $code" "exit code $1" && equal "$(tail -n 1 <<<"$said")" "$2"
}

goes_on_and_sums_up() {
  make_test_says 1 '  loteria.OneTests.fails(String)[2]' <<'MVN'
#!/bin/sh
echo "mvn $*"
mkdir -p one/target/surefire-reports
echo 'Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in loteria.OneTests
loteria.OneTests.fails(String)[2] -- Time elapsed: 0.1 s <<< FAILURE!' >one/target/surefire-reports/loteria.OneTests.txt
echo '[ERROR] There are test failures.'
MVN
  local code=$?
  grep -q -- '-fae -Dmaven.test.failure.ignore=true' "$work/tested/target/make-test.log" && return $code
}

misses_no_java_that_died() {
  make_test_says 1 '  [ERROR] The forked VM terminated' <<'MVN'
#!/bin/sh
echo '[ERROR] The forked VM terminated'
MVN
}

keeps_mavens_exit_code() {
  printf '#!/bin/sh\necho no; exit 7\n' | make_test_says 7 no && printf '#!/bin/sh\n' | make_test_says 0 'make test: all passed'
}

writes_no_escape_sequences() {
  ! scripts/mvn.sh -B -ntp -o -q -Dstyle.color=never -pl protocol validate 2>&1 | grep $'\e'
}

# the files of the repository are known to be made by make data, which may then remove them
knows_its_data() {
  (cd .data && sha256sum --check --quiet made.sha256) && equal "$(wc -l <.data/made.sha256)" "$(find .data -name 'agency-*.csv' | wc -l)"
}

forces_only_when_told_to() {
  equal "$(make -n data | grep -c -- --force)" 0 && equal "$(make -n data FORCE=1 | grep -c -- --force)" 1
}

finds_java_without_an_environment() {
  equal "$(env -i PATH="$PATH" scripts/java25.sh)" "$(env -i PATH="$PATH" HOME="$HOME" scripts/java25.sh)"
}

check 'finds Java without an environment' finds_java_without_an_environment
check 'make lists the targets' lists_targets
check 'make build builds once' needs_no_second_build
check 'an old Maven is one clear line' refuses_old_maven
check 'make test goes on behind a test that failed, and names it' goes_on_and_sums_up
check 'make test misses no Java that died' misses_no_java_that_died
check 'make test ends as Maven does' keeps_mavens_exit_code
check 'Maven writes no escape sequences into a pipe' writes_no_escape_sequences
check 'make data knows the data of the repository' knows_its_data
check 'make data overwrites what is not its own only when told to' forces_only_when_told_to

# --- make run --------------------------------------------------------------------------------------------------------

# All five dialects against the small set, in a directory of its own: the repository's own files stay as they are.
invents_data() {
  make build >/dev/null &&
    "$(scripts/java25.sh)" -cp local/target/local.jar loteria.local.data.MakeData --directory="$work/data" &&
    "$(scripts/java25.sh)" -Duser.language=ar -Duser.country=EG -cp local/target/local.jar loteria.local.data.MakeData \
      --directory="$work/again" &&
    diff -r "$work/data" "$work/again"
}

runs() { # DIALECT
  local said
  said=$(make -j2 -s run DATA="$work/data" DIALECT="$1" 2>&1) || {
    echo "$said"
    return 1
  }
  [[ $said != *jobserver* ]] && equal "$(awk '/^ total/ { print $2, $3 }' <<<"$said")" '5520 7' &&
    equal "$(grep '^logs: ' <<<"$said")" "logs: $PWD/target/run/central.log, agency-<n>.log; store: $PWD/target/run/store"
}

runs_anywhere() { # LC_ALL: bets in a folder whose name it may not have
  local said
  cp -R "$work/data" "$work/sorteo José 1"
  said=$(LC_ALL=$1 make -s run DATA="$work/sorteo José 1" 2>&1) || {
    echo "$said"
    return 1
  }
  rm -rf "$work/sorteo José 1"
  equal "$(awk '/^ total/ { print $2, $3, $5 }' <<<"$said")" '5520 7 s' && grep -E '^ total .* [0-9]+\.[0-9] s$' <<<"$said"
}

# somebody's numbers, and a file that is none of an agency
runs_the_agencies_that_are_there() {
  local said
  mkdir -p "$work/some" && cp "$work/data/agency-2.csv" "$work/some" && cp "$work/data/agency-4.csv" "$work/some" &&
    cp "$work/data/agency-1.csv" "$work/some/agency-1-old.csv" || return 1
  said=$(make -s run DATA="$work/some" 2>&1) || {
    echo "$said"
    return 1
  }
  equal "$(awk '/^ total/ { print $2, $3 }' <<<"$said")" '2450 5'
}

runs_several_centrals() {
  local said
  said=$(make -s run DATA="$work/data" CENTRALS=2 DIALECT=all 2>&1) || {
    echo "$said"
    return 1
  }
  equal "$(awk '/^ total/ { print $2, $3 }' <<<"$said")" '5520 7' &&
    equal "$(grep '^logs: ' <<<"$said")" "logs: $PWD/target/run/central-<n>.log, agency-<n>.log; store: $PWD/target/run/store" &&
    equal "$(cat target/run/central-[12].log | grep -c 'action: sorteo')" 1
}

refuses_to_run() { # what it says, NAME=value...
  local said code=0
  said=$(env "${@:2}" scripts/run-local.sh 2>&1) || code=$?
  echo "$said"
  equal "exit code $code" 'exit code 1' && [[ $said = *"$1"* ]] && equal "$(wc -l <<<"$said")" 1
}

# a make that tells that it was asked for anything
refuses_before_it_builds() { # what it says, NAME=value...
  mkdir -p "$work/no-make" && printf '#!/bin/sh\necho make was called\n' >"$work/no-make/make" && chmod +x "$work/no-make/make" &&
    refuses_to_run "$1" "${@:2}" PATH="$work/no-make:$PATH"
}

lets_the_first_job_be() {
  local run code=0
  rm -rf target/run
  # bets that are sent one at a time take a while
  BATCH=1 DATA="$work/data" scripts/run-local.sh >"$work/first" 2>&1 &
  run=$!
  eventually 60 test -s target/run/agency-1.log || return 1
  refuses_before_it_builds 'another make run is at work here (process ' DATA="$work/data" || code=1
  wait "$run" || code=$?
  equal "exit code $code" 'exit code 0' && equal "$(awk '/^ total/ { print $2, $3 }' "$work/first")" '5520 7'
}

hold() { # port: something listens there until let_go
  "$(scripts/java25.sh)" -m jdk.httpserver -b 127.0.0.1 -p "$1" -d "$work" >/dev/null 2>&1 &
  holder=$!
  eventually 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1"
}

let_go() {
  kill "$holder"
  wait "$holder"
  holder=
}

# what make run starts is found by the directory it runs in
leftovers() {
  pgrep -f "$PWD/(target/programs|database/target)/" || true
}

stops_everything_when_told_to() {
  local run code=0
  rm -rf target/run
  scripts/run-local.sh >"$work/interrupted" 2>&1 &
  run=$!
  eventually 60 test -s target/run/agency-1.log && kill -TERM "$run" || return 1
  wait "$run" || code=$?
  equal "exit code $code" 'exit code 143' && equal "$(leftovers)" ''
}

check 'the same seed invents the same bets' invents_data
for dialect in lines all; do
  check "make run DIALECT=$dialect" runs "$dialect"
done
check 'make run under LC_ALL=C, in a folder with blanks and accents' runs_anywhere C
check 'make run in the Arabic of Egypt' runs_anywhere ar_EG.UTF-8
check 'make run with the agencies that are there' runs_the_agencies_that_are_there
check 'make run with several centrals and their PostgreSQL' runs_several_centrals
check 'make run leaves no process' equal "$(leftovers)" ''
check 'stops everything when it is stopped' stops_everything_when_told_to
check 'a second make run lets the first one be' lets_the_first_job_be
check 'refuses an unknown dialect' refuses_before_it_builds "DIALECT is 'morse'; it must be one of" DIALECT=morse
check 'refuses two dialects' refuses_before_it_builds "DIALECT is 'lines fixed'; it must be one of" DIALECT='lines fixed'
check 'refuses no central' refuses_before_it_builds "CENTRALS is '0'" CENTRALS=0
check 'refuses too many centrals' refuses_before_it_builds "CENTRALS is '10'" CENTRALS=10
check 'refuses zero agencies' refuses_before_it_builds "AGENCIES is '0'" AGENCIES=0
check 'refuses batches of nothing' refuses_before_it_builds "BATCH is '0'; it must be a number from 1 to 2147483647" BATCH=0
check 'refuses batches larger than numbers are' refuses_before_it_builds "BATCH is '99999999999'" BATCH=99999999999
check 'names the file that is missing' refuses_to_run 'agency-6.csv is missing; make data AGENCIES=6 writes it' AGENCIES=6
check 'advises to make no file in a folder that is not its own' refuses_to_run \
  "$work/data/agency-6.csv is missing, and AGENCIES=6 asks for it" AGENCIES=6 DATA="$work/data"
check 'names the directory that is missing, and advises to name another' refuses_to_run \
  "DATA is '$work/none', which is no directory: name one that holds agency-1.csv and so on" DATA="$work/none"
check 'refuses a port that is none' refuses_to_run "SERVER_PORT is 'abc'; it must be a port" SERVER_PORT=abc
# in a folder with what the document says there is
as_printed() { # document
  local commands code=0
  commands=$(scripts/document-commands.sh "$1") && [ -n "$commands" ] || return 1
  rm -rf "$work/operations" && mkdir "$work/operations" && cp -R "$work/data" "$work/operations/.data" &&
    ln -s "$PWD"/central/target/central.jar "$PWD"/agency/target/agency.jar "$work/operations" || return 1
  (cd "$work/operations" && PATH=$(dirname "$("$OLDPWD/scripts/java25.sh")"):$PATH timeout 300 bash -euo pipefail -c "$commands") || code=$?
  [ ! -s "$work/operations/central.pid" ] || kill "$(cat "$work/operations/central.pid")" 2>/dev/null
  equal "exit code $code" 'exit code 0'
}

check 'the commands of docs/operations.md, as they are printed' as_printed docs/operations.md
check 'the commands of README.md, as they are printed' bash -euo pipefail -c "$(scripts/document-commands.sh README.md)"
for port in 8080 12345 12349; do
  hold "$port"
  check "names the port $port that is taken" refuses_to_run "port $port (" DATA="$work/data"
  let_go
done

verdict
