#!/bin/sh
# Writes a compose file with one central and n agencies.
set -eu

# letters and digits are those of ASCII, whatever the machine speaks
export LC_ALL=C

usage() {
  cat <<'USAGE'
usage: generar-compose.sh <file> <clients> [--dialect <name>]

  file      what to write, relative to where you are
  clients   how many agencies, from 1 to 250; 0 for the central alone
  name      lines (what they speak if nothing is said), another dialect, or all: they take turns
USAGE
}

refuse() {
  printf 'generar-compose.sh: %s\n' "$*" >&2
  usage >&2
  exit 1
}

# the network has 254 addresses: its gateway, the central and a few guests, such as the echo check, need theirs
most=250

case ${1:-} in
  -h | --help)
    usage
    exit 0
    ;;
esac
root=$(cd "$(dirname -- "$0")" && pwd -P)
dialects=$("$root/scripts/dialects.sh" | xargs)

knows() { # name
  for known in $dialects all; do
    [ "$known" != "$1" ] || return 0
  done
  return 1
}

case $# in
  2) dialect='' ;;
  4)
    [ "$3" = --dialect ] || refuse "'$3' is no option"
    dialect=$4
    knows "$dialect" || refuse "'$dialect' is no dialect; there are: $dialects all"
    ;;
  *) refuse "$# arguments, where two or four are needed" ;;
esac
file=$1
clients=$2

case $clients in
  0) ;;
  '' | *[!0-9]* | 0* | ????*) refuse "'$clients' clients; it must be a number from 0 to $most" ;;
esac
[ "$clients" -le "$most" ] || refuse "$clients clients; the network has room for $most"
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

central() {
  cat <<YAML
name: tp0
x-confined: &confined # what each may do: run, and nothing else
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
  server:
    <<: *confined
    mem_limit: 1g # Java takes a quarter of it for its heap
    container_name: server
    image: server:latest
    build:
      context: $(based '')
      dockerfile: docker/Dockerfile
      target: central
YAML
  if [ "$clients" -gt 0 ]; then
    cat <<YAML
    environment:
      - CENTRAL_AGENCIES=1-$clients # the agencies by their numbers: others are refused
YAML
  fi
  cat <<YAML
    volumes:
      - $(based /docker/central/application.yaml:/app/config/application.yaml:ro)
      - store:/app/store # outlives the container: a new draw is begun by make docker-compose-new-draw
    ports:
      - "8080:8080"
    networks:
      - testing_net

YAML
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
    cat <<YAML
      - CLI_DIALECT=$speaks
      - CLI_SERVER_ADDRESS=server:$(port_of "$speaks")
YAML
  fi
  cat <<YAML
    volumes:
      - $(based /docker/agency/config.yaml:/app/config.yaml:ro)
      - $(based /.data:/app/.data:ro)
    networks:
      - testing_net
    depends_on:
      server:
        condition: service_healthy

YAML
}

volume() {
  cat <<'YAML'
volumes:
  store:

YAML
}

network() {
  cat <<'YAML'
networks:
  testing_net:
    ipam:
      driver: default
      config:
        - subnet: 172.25.125.0/24
YAML
}

{
  central
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
