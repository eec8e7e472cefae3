#!/bin/sh
# Writes a compose file with n agencies and one central, or several centrals that share a PostgreSQL.
set -eu

# letters and digits are those of ASCII, whatever the machine speaks
export LC_ALL=C

usage() {
  cat <<USAGE
usage: generar-compose.sh <file> [<clients>] [--dialect <name>] [--centrals <m>]

  file      what to write, relative to where you are
  clients   how many agencies, from 1 to 250; 0 for the central alone. Where it is left out, CLIENTS says it
  name      $(echo "$dialects" | sed 's/ /, /g') or all: they take turns; lines if nothing is said
  m         how many centrals share the draw, from 1 to 32, all behind one name; several keep their bets in a
            PostgreSQL that is composed with them. Where it is left out, SERVERS says it; else there is one

Variables, from the environment or from .env beside this script (.env.example explains them): CLIENTS, SERVERS, SERVER_NAME
(server), SERVER_PORT (12345; where it is set it is what agencies connect to), DOCKER_SUBNET (172.25.125.0/24).
USAGE
}

refuse() {
  printf 'generar-compose.sh: %s\n' "$*" >&2
  usage >&2
  exit 1
}

# the network has 254 addresses: its gateway, the central and a few guests, such as the echo check, need theirs
most=250
# what one PostgreSQL with its usual 100 connections serves
most_centrals=32

root=$(cd "$(dirname -- "$0")" && pwd -P)
dialects=$("$root/scripts/dialects.sh" | xargs)

case ${1:-} in
  -h | --help)
    usage
    exit 0
    ;;
esac

knows() { # name
  for known in $dialects all; do
    [ "$known" != "$1" ] || return 0
  done
  return 1
}

# A variable of the environment wins over .env, as it does for Compose. .env is read, not run: what stands in it is a value.
given() { # name: its value
  if eval "[ -n \"\${$1+is set}\" ]"; then
    eval "printf '%s\\n' \"\$$1\""
  elif [ -r "$root/.env" ]; then
    # without the mark of UTF-8 in front and the line ends of Windows, which not every sed knows by a name
    LC_ALL=C sed "1s/^$(printf '\357\273\277')//" "$root/.env" | tr -d '\r' | sed -n "s/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}$1[[:blank:]]*=[[:blank:]]*//p" | tail -n 1 |
      sed -e 's/[[:blank:]]#.*//' -e 's/[[:blank:]]*$//' -e 's/^"\(.*\)"$/\1/' -e "s/^'\\(.*\\)'\$/\\1/"
  fi
}

[ $# -gt 0 ] || refuse 'no file to write'
file=$1
shift
dialect=''
centrals=''
clients=''
named=false
if [ $# -gt 0 ]; then
  case $1 in
    --*) ;;
    *)
      clients=$1
      named=true
      shift
      ;;
  esac
fi
while [ $# -gt 0 ]; do
  option=$1
  case $option in
    --dialect | --centrals) [ $# -gt 1 ] || refuse "$option says nothing" ;;
    *) refuse "'$option' is no option" ;;
  esac
  case $option in
    --dialect)
      dialect=$2
      knows "$dialect" || refuse "'$dialect' is no dialect; there are: $dialects all"
      ;;
    --centrals)
      centrals=$2
      [ -n "$centrals" ] || refuse "'' centrals; it must be a number from 1 to $most_centrals"
      ;;
  esac
  shift 2
done
if ! $named; then
  clients=$(given CLIENTS)
  [ -n "$clients" ] || refuse 'how many clients is said neither here nor by CLIENTS'
fi
[ -n "$centrals" ] || centrals=$(given SERVERS)
[ -n "$centrals" ] || centrals=1
name=$(given SERVER_NAME)
[ -n "$name" ] || name=server
server_port=$(given SERVER_PORT)
# what Docker and Kubernetes set for a service of this name
case $server_port in tcp://*) server_port='' ;; esac
subnet=$(given DOCKER_SUBNET)
[ -n "$subnet" ] || subnet=172.25.125.0/24
aliased=false
if [ "$name" != server ] || [ "$centrals" != 1 ]; then
  aliased=true
fi

case $clients in
  0) ;;
  '' | *[!0-9]* | 0* | ????*) refuse "'$clients' clients; it must be a number from 0 to $most" ;;
esac
[ "$clients" -le "$most" ] || refuse "$clients clients; the network has room for $most"
case $centrals in
  *[!0-9]* | 0* | ????*) refuse "'$centrals' centrals; it must be a number from 1 to $most_centrals" ;;
esac
[ "$centrals" -le "$most_centrals" ] || refuse "$centrals centrals; it must be a number from 1 to $most_centrals"
[ "$centrals" = 1 ] || [ $((clients + centrals)) -le "$most" ] || refuse "$clients clients and $centrals centrals; the network has room for $most in all"
case $name in
  *[!a-z0-9.-]* | [!a-z]*) refuse "SERVER_NAME is '$name'; it must be a name of the network, such as server" ;;
esac
case $server_port in
  *[!0-9]* | 0* | ??????*) refuse "SERVER_PORT is '$server_port'; it must be a port from 1 to 65535" ;;
esac
[ "${server_port:-1}" -le 65535 ] || refuse "SERVER_PORT is '$server_port'; it must be a port from 1 to 65535"
printf '%s' "$subnet" | grep -Eq '^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$' ||
  refuse "DOCKER_SUBNET is '$subnet'; it must be a subnet, such as 172.25.125.0/24"
if [ -n "$server_port" ] && [ "$dialect" = all ]; then
  refuse 'SERVER_PORT is one port, and --dialect all needs one for each dialect: leave one of them out'
fi
[ -n "$file" ] || refuse 'the name of the file is empty'
[ ! -d "$file" ] || refuse "$file is a directory"
folder=$(dirname -- "$file")
[ -d "$folder" ] || refuse "there is no directory $folder to write $(basename -- "$file") in"
if [ -s "$file" ] && ! grep -q '^services:' <"$file"; then
  refuse "$file is there and is no compose file: it is not overwritten"
fi
if [ -e "$file" ]; then [ -w "$file" ]; else [ -w "$folder" ]; fi || refuse "no permission to write $file"

# Compose takes relative paths from the file's own folder: in the repository's root they can be relative, and the file
# can be committed; anywhere else they cannot.
base=.
[ "$(cd "$folder" && pwd -P)" = "$root" ] || base=$root
case $base in
  *:*) refuse "the path $base has a colon in it, where Compose ends the path of what it mounts: write the file in $base" ;;
esac

# a value of the file that has the base in it: in quotes where the path has more in it than letters and digits, with a dollar
# that Compose takes for a dollar
based() { # what follows the base
  case $base in
    *[!A-Za-z0-9/._-]*) printf '"%s%s"' "$(printf %s "$base" | sed 's/[\\"]/\\&/g; s/\$/$$/g')" "$1" ;;
    *) printf %s "$base$1" ;;
  esac
}

echo "Nombre del archivo de salida: $file"
echo "Cantidad de clientes: $clients"
[ "$centrals" = 1 ] || echo "Cantidad de servidores: $centrals"

dialect_of() { # client
  case $dialect in
    all) echo "$dialects" | cut -d ' ' -f $((($1 - 1) % $(echo "$dialects" | wc -w) + 1)) ;;
    *) echo "$dialect" ;;
  esac
}

port_of() { # dialect
  port=12345
  for name in $dialects; do
    [ "$name" != "$1" ] || echo "$port"
    port=$((port + 1))
  done
}

# A value that Compose takes from its environment or its .env, with what was said here where neither has it.
said() { # variable, value
  # shellcheck disable=SC2016
  printf '${%s:-%s}' "$1" "$2"
}

# Where agencies find a central: the port of their dialect, or the one that SERVER_PORT names.
address_of() { # dialect
  host=$name
  ! $aliased || host=$(said SERVER_NAME "$name")
  if [ -n "$server_port" ]; then
    echo "$host:$(said SERVER_PORT "$server_port")"
  else
    echo "$host:$(port_of "$1")"
  fi
}

environment() {
  if [ "$clients" -gt 0 ]; then
    echo "      - CENTRAL_AGENCIES=1-$clients # the agencies by their numbers: others are refused"
  fi
  if [ "$centrals" -gt 1 ]; then
    cat <<YAML
      - CENTRAL_STORE_TYPE=postgres
      - SPRING_DATASOURCE_URL=jdbc:postgresql://postgres:5432/$(said POSTGRES_DB lottery)
      - SPRING_DATASOURCE_USERNAME=lottery
      - SPRING_DATASOURCE_PASSWORD=$(said POSTGRES_PASSWORD lottery)
YAML
  fi
  if [ -n "$server_port" ]; then
    speaks=${dialect:-$(echo "$dialects" | cut -d ' ' -f 1)}
    for other in $dialects; do
      variable=CENTRAL_LISTENERS_$(echo "$other" | tr '[:lower:]' '[:upper:]')
      if [ "$other" = "$speaks" ]; then
        echo "      - ${variable}_PORT=$(said SERVER_PORT "$server_port")"
      elif [ "$(port_of "$other")" = "$server_port" ]; then
        echo "      - ${variable}_ENABLED=false # its port is taken"
      fi
    done
  fi
}

central() { # service, whether it builds and is reached from outside
  cat <<YAML
  $1:
    <<: *confined
    mem_limit: 1g # Java takes a quarter of it for its heap
    container_name: $1
    image: server:latest
    restart: unless-stopped # if it ends by itself; docker compose logs says why it did
YAML
  if $2; then
    cat <<YAML
    build:
      context: $(based '')
      dockerfile: docker/Dockerfile
      target: server
YAML
  else
    echo '    pull_policy: never # server1 builds it'
  fi
  variables=$(environment)
  if [ -n "$variables" ]; then
    printf '    environment:\n%s\n' "$variables"
  fi
  cat <<YAML
    volumes:
      - $(based /docker/central/application.yaml:/app/config/application.yaml:ro)
YAML
  if [ "$centrals" = 1 ]; then
    cat <<YAML
      - store:/app/store # outlives the container: a new draw is begun by make docker-compose-new-draw
YAML
  fi
  if $2; then
    cat <<YAML
    ports:
      - "8080:8080"
YAML
  fi
  if $aliased; then
    cat <<YAML
    networks:
      testing_net:
        aliases:
          - $(said SERVER_NAME "$name")
YAML
  else
    cat <<YAML
    networks:
      - testing_net
YAML
  fi
  if [ "$centrals" -gt 1 ]; then
    cat <<YAML
    healthcheck:
      start_period: 300s # all of them start at once
    depends_on:
      postgres:
        condition: service_healthy
YAML
  fi
  echo
}

# What all centrals share. Its data outlives "down": a new draw needs "down --volumes", or another CENTRAL_DRAW_NAME.
postgres() {
  cat <<YAML
  postgres:
    container_name: postgres
    image: postgres:17
    restart: unless-stopped
    command: postgres -c max_connections=$((20 + 16 * centrals))
    environment:
      - LANG=C.UTF-8 # the database's, too
      - POSTGRES_DB=$(said POSTGRES_DB lottery)
      - POSTGRES_USER=lottery
      - POSTGRES_PASSWORD=$(said POSTGRES_PASSWORD lottery)
    volumes:
      - postgres-data:/var/lib/postgresql/data
    networks:
      - testing_net
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "lottery", "-d", "$(said POSTGRES_DB lottery)"]
      interval: 1s
      timeout: 5s
      start_period: 60s
      retries: 30

YAML
}

servers() { # their services
  if [ "$centrals" = 1 ]; then
    echo server
  else
    seq -f 'server%.0f' "$centrals"
  fi
}

agency() { # client
  cat <<YAML
  client$1:
    <<: *confined
    mem_limit: 256m
    container_name: client$1
    image: client:latest
YAML
  # built once: a build for each of two hundred agencies would make the same image under two hundred labels
  if [ "$1" = 1 ]; then
    cat <<YAML
    build: # for all the clients
      context: $(based '')
      dockerfile: docker/Dockerfile
      target: agency
YAML
  else
    echo '    pull_policy: never # client1 builds it'
  fi
  cat <<YAML
    environment:
      - CLI_ID=$1
YAML
  speaks=$(dialect_of "$1")
  if [ -n "$speaks" ]; then
    echo "      - CLI_DIALECT=$speaks"
  fi
  if [ -n "$speaks" ] || [ -n "$server_port" ] || $aliased; then
    echo "      - CLI_SERVER_ADDRESS=$(address_of "${speaks:-$(echo "$dialects" | cut -d ' ' -f 1)}")"
  fi
  cat <<YAML
    volumes:
      - $(based /docker/agency/config.yaml:/app/config.yaml:ro)
      - $(based /.data:/app/.data:ro)
    networks:
      - testing_net
    depends_on:
YAML
  for server in $(servers); do
    cat <<YAML
      $server:
        condition: service_healthy
YAML
  done
  echo
}

volume() {
  if [ "$centrals" = 1 ]; then
    printf 'volumes:\n  store:\n\n'
  else
    printf 'volumes:\n  postgres-data:\n\n'
  fi
}

network() {
  cat <<YAML
networks:
  testing_net:
    ipam:
      driver: default
      config:
        - subnet: $(said DOCKER_SUBNET "$subnet")
YAML
}

{
  cat <<'YAML'
name: tp0
x-confined: &confined # what each may do: run, and nothing else
  user: "10001:10001" # loteria
  read_only: true
  tmpfs:
    - /tmp
  cap_drop:
    - ALL
  security_opt:
    - no-new-privileges:true
  pids_limit: 256
  logging:
    driver: json-file
    options:
      max-size: 10m
      max-file: "5"

services:
YAML
  builds=true
  for server in $(servers); do
    central "$server" "$builds"
    builds=false
  done
  [ "$centrals" = 1 ] || postgres
  client=1
  while [ "$client" -le "$clients" ]; do
    agency "$client"
    client=$((client + 1))
  done
  volume
  network
} >"$file"

if [ "$clients" -gt 0 ] && [ ! -r "$root/.data/agency-$clients.csv" ]; then
  echo "generar-compose.sh: .data has no agency-$clients.csv yet; make data AGENCIES=$clients writes it" >&2
fi
