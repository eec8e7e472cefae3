#!/bin/sh
# Writes a compose file with one central and n agencies.
set -eu

usage() {
  cat >&2 <<'USAGE'
usage: generar-compose.sh <file> <clients> [--dialect <name>]

  file      what to write, relative to where you are
  clients   how many agencies, from 1 to 250
  name      lines (what they speak if nothing is said), another dialect, or all: they take turns
USAGE
}

refuse() {
  printf 'generar-compose.sh: %s\n' "$*" >&2
  usage
  exit 1
}

# the network has 254 addresses: its gateway, the central and a few guests, such as the echo check, need theirs
most=250

case $# in
  2) dialect='' ;;
  4)
    [ "$3" = --dialect ] || refuse "'$3' is no option"
    dialect=$4
    ;;
  *) refuse "$# arguments, where two or four are needed" ;;
esac
file=$1
clients=$2

root=$(cd "$(dirname -- "$0")" && pwd -P)
dialects=$("$root/scripts/dialects.sh" | xargs)
case " $dialects all " in
  *" ${dialect:-all} "*) ;;
  *) refuse "'$dialect' is no dialect; there are: $dialects all" ;;
esac
case $clients in
  '' | *[!0-9]* | 0* | ????*) refuse "'$clients' clients; it must be a number from 1 to $most" ;;
esac
[ "$clients" -le "$most" ] || refuse "$clients clients; the network has room for $most"
[ -n "$file" ] || refuse 'the name of the file is empty'
[ ! -d "$file" ] || refuse "$file is a directory"
folder=$(dirname -- "$file")
[ -d "$folder" ] || refuse "there is no directory $folder to write $(basename -- "$file") in"

# Compose takes relative paths from the file's own folder: in the repository's root they can be relative, and the file
# can be committed; anywhere else they cannot.
base=.
[ "$(cd "$folder" && pwd -P)" = "$root" ] || base=$root

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
services:
  server:
    container_name: server
    image: server:latest
    build:
      context: $base
      dockerfile: docker/Dockerfile
      target: central
    environment:
      - CENTRAL_AGENCIES=$clients
    volumes:
      - $base/docker/central/application.yaml:/app/config/application.yaml:ro
    ports:
      - "8080:8080"
    networks:
      - testing_net

YAML
}

agency() { # client
  cat <<YAML
  client$1:
    container_name: client$1
    image: client:latest
YAML
  # built once: a build for each of two hundred agencies would make the same image under two hundred labels
  if [ "$1" = 1 ]; then
    cat <<YAML
    build: # for all the clients
      context: $base
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
      - $base/docker/agency/config.yaml:/app/config.yaml:ro
      - $base/.data:/app/.data:ro
    networks:
      - testing_net
    depends_on:
      server:
        condition: service_healthy

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
  network
} >"$file"

if [ ! -r "$root/.data/agency-$clients.csv" ]; then
  echo "generar-compose.sh: .data has no agency-$clients.csv yet; make data AGENCIES=$clients writes it" >&2
fi
