#!/bin/bash
# usage: healthcheck.sh
#
# Is the central ready? Exit code 0 if so. Bash alone, because a Java image need not have curl. The port is the default
# or SERVER_PORT; a server.port in application.yaml is not seen from here.
exec 3<>"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}" || exit 1
printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
