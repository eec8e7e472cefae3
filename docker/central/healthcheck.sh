#!/bin/bash
# usage: healthcheck.sh
#
# Is the central ready? Exit code 0 if so. Bash alone, because a Java image need not have curl. The central leaves where it
# tells that in a file, whatever its settings are; where it can't, the port is the one that the environment gives, else 8080.
case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "healthcheck.sh: it takes no '%s'\nusage: healthcheck.sh\n" "$*" >&2
    exit 2
    ;;
esac

# host, port, path
is_ready() {
  local status=
  exec 3<>"/dev/tcp/$1/$2" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$3" >&3
  read -r -t 8 _ status _ <&3
  exec 3>&-
  [ "$status" = 200 ]
}

found=false
# where Java has its temporary files: it does not ask for TMPDIR
temporary=/tmp
[[ ${JAVA_TOOL_OPTIONS:-} =~ -Djava\.io\.tmpdir=([^[:space:]]+) ]] && temporary=${BASH_REMATCH[1]}
for file in "$temporary"/central-*.http; do
  pid=${file##*/central-}
  # one that was killed left its file behind
  if [ -d "/proc/${pid%.http}" ] && read -r host port path <"$file"; then
    found=true
    is_ready "$host" "$port" "$path" || exit 1
  fi
done
if $found; then
  exit 0
fi

# what the central's process has in its environment, it shows to its own user alone
[ "$(id -u)" != 0 ] || exec setpriv --reuid loteria --regid loteria --clear-groups "$0"

port=${SERVER_PORT:-8080}
# Where one dialect is all, SERVER_PORT is what agencies connect to. The entrypoint may say so, which is not seen in the
# environment of this check.
settings=$(cat /proc/[0-9]*/environ 2>/dev/null | tr '\0' '\n' | grep -E '^CENTRAL_(DIALECT|HTTP_PORT)=.')
if [[ $settings = *CENTRAL_DIALECT=* ]]; then
  port=$(sed -n 's/^CENTRAL_HTTP_PORT=//p' <<<"$settings" | head -n 1)
fi
# Kubernetes sets SERVER_PORT=tcp://... for a service of this name
[[ $port =~ ^[0-9]+$ ]] || port=8080
is_ready 127.0.0.1 "$port" /actuator/health/readiness
