#!/usr/bin/env bash
# usage: scripts/scripts-e2e.sh
#
# What surrounds the programs, tried from outside: the compose generator, the data, and `make run` with its refusals.
# Builds the jars if they are not there. Needs the ports 8080 and 12345 to 12349.
set -uo pipefail

if [ $# -gt 0 ]; then
  echo 'usage: scripts/scripts-e2e.sh' >&2
  exit 2
fi
cd "$(dirname "$0")/.." || exit 1
. scripts/checks.sh

work=$(mktemp -d)
holder=

cleanup() {
  [ -z "$holder" ] || kill "$holder" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# --- generar-compose.sh ----------------------------------------------------------------------------------------------

generates_the_committed_file() {
  local said
  # a copy in a directory of its own takes that for the repository's root
  mkdir -p "$work/root" && cp generar-compose.sh "$work/root" || return 1
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

refuses_to_generate() { # argument...
  local said code=0
  said=$(cd "$work" && "$OLDPWD/generar-compose.sh" "$@" 2>&1 >/dev/null) || code=$?
  equal "exit code $code" 'exit code 1' && [[ $said = *usage:* ]] && [ ! -e "$work/refused.yaml" ]
}

check 'docker-compose-dev.yaml is what the generator makes for 5' generates_the_committed_file
check 'the generator works from any directory' generates_from_anywhere
check 'refuses no arguments' refuses_to_generate
check 'refuses a missing count' refuses_to_generate refused.yaml
for count in 0 -1 1.5 x '' 251 99999999999999999999; do
  check "refuses '$count' clients" refuses_to_generate refused.yaml "$count"
done
check 'refuses an unknown dialect' refuses_to_generate refused.yaml 3 --dialect morse
check 'refuses an unknown option' refuses_to_generate refused.yaml 3 --format yaml
check 'refuses a folder that is not there' refuses_to_generate nowhere/refused.yaml 3

# --- make ------------------------------------------------------------------------------------------------------------

lists_targets() {
  local target list
  list=$(make) || return 1
  for target in run test build data bench bench-all docker-image docker-compose-up docker-compose-down docker-compose-logs; do
    [[ $list = *"make $target "* ]] || {
      echo "$target is not listed"
      return 1
    }
  done
}

needs_no_second_build() {
  make build >/dev/null && make -q build
}

refuses_old_maven() {
  local said code=0
  mkdir -p "$work/old"
  printf '#!/bin/sh\necho Apache Maven 3.6.3\n' >"$work/old/mvn"
  chmod +x "$work/old/mvn"
  said=$(PATH=$work/old:$PATH scripts/mvn.sh verify 2>&1) || code=$?
  equal "exit code $code" 'exit code 1' && [[ $said = *'is Maven 3.6.3: install Maven 3.8 or newer'* ]] && equal "$(wc -l <<<"$said")" 1
}

check 'make lists the targets' lists_targets
check 'make build builds once' needs_no_second_build
check 'an old Maven is one clear line' refuses_old_maven

# --- make run --------------------------------------------------------------------------------------------------------

# All five dialects against the small set, in a directory of its own: the repository's own files stay as they are.
invents_data() {
  make bench/target/bench.jar >/dev/null &&
    "$(scripts/java25.sh)" -cp bench/target/bench.jar loteria.bench.data.MakeData --directory="$work/data" &&
    "$(scripts/java25.sh)" -cp bench/target/bench.jar loteria.bench.data.MakeData --directory="$work/again" &&
    diff -r "$work/data" "$work/again"
}

runs() { # DIALECT
  local said
  said=$(make -s run DATA="$work/data" DIALECT="$1" 2>&1) || {
    echo "$said"
    return 1
  }
  equal "$(awk '/^ total/ { print $2, $3 }' <<<"$said")" '5520 7'
}

refuses_to_run() { # what it says, NAME=value...
  local said code=0
  said=$(env "${@:2}" scripts/run-local.sh 2>&1) || code=$?
  echo "$said"
  equal "exit code $code" 'exit code 1' && [[ $said = *"$1"* ]] && equal "$(wc -l <<<"$said")" 1
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
  pgrep -f "$PWD/(central|agency)/target/" || true
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
check 'make run leaves no process' equal "$(leftovers)" ''
check 'stops everything when it is stopped' stops_everything_when_told_to
check 'refuses an unknown dialect' refuses_to_run "DIALECT is 'morse'; it must be one of" DIALECT=morse
check 'refuses zero agencies' refuses_to_run "AGENCIES is '0'" AGENCIES=0
check 'names the file that is missing' refuses_to_run 'agency-6.csv is missing' AGENCIES=6
check 'names the directory that is missing' refuses_to_run "'$work/none', which is no directory" DATA="$work/none"
for port in 8080 12345 12349; do
  hold "$port"
  check "names the port $port that is taken" refuses_to_run "port $port (" DATA="$work/data"
  let_go
done

verdict
