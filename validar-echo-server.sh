#!/bin/sh
# usage: validar-echo-server.sh
#
# Asks the central of the running composition to repeat a message, from inside its network: an ephemeral container has
# the netcat, so that neither the host needs one nor the port has to be published. It tries for ten seconds.
set -eu

network=tp0_testing_net
server=server
port=12345
limit=10 # seconds: a central that was started a moment ago may not listen yet, or have to become ready

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "validar-echo-server.sh: it takes no '%s'\nusage: validar-echo-server.sh\n" "$*" >&2
    exit 2
    ;;
esac

verdict() { # result
  echo "action: test_echo_server | result: $1"
  [ "$1" = success ]
}

give_up() { # reason
  echo "validar-echo-server.sh: $*" >&2
  verdict fail || exit 1
}

command -v docker >/dev/null || give_up 'no docker on the PATH'
why=$(docker version --format '{{.Server.Version}}' 2>&1 >/dev/null) ||
  give_up "Docker does not answer: ${why:-see 'docker info'}"
docker network inspect "$network" >/dev/null 2>&1 ||
  give_up "no network $network: make docker-compose-up starts the central in it"

# a text of its own for each run: an old answer does not pass
sent="E:1
echo check $$ at $(date +%s)"

# Netcat's input stays open until both lines are back: some netcats take its end for the end of the conversation, others
# would then wait for ever. The container ends with its first process, whatever else still runs in it.
answer=$(docker run --rm --network "$network" --env MESSAGE="$sent" busybox sh -c '
  mkfifo /tmp/answer
  end=$(($(date +%s) + $3))
  while left=$((end - $(date +%s))) && [ "$left" -gt 0 ]; do
    { printf "%s\n" "$MESSAGE"; sleep "$left"; } | timeout "$left" nc "$1" "$2" >/tmp/answer 2>/dev/null &
    { read -r header && read -r body && printf "%s\n" "$header" "$body" && exit; } </tmp/answer
    sleep 0.2
  done
' sh "$server" "$port" "$limit") || answer=

if [ "$answer" = "$sent" ]; then verdict success; else verdict fail; fi
