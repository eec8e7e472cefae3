#!/bin/sh
# usage: scripts/make-test.sh MAVEN-ARGUMENT...
#
# Has Maven run the tests of all modules, two at a time where one does not need the other, and those behind a module whose
# tests fail, too; names at the end what failed.
set -u

case "$#:${1:-}" in
  0:)
    echo 'usage: scripts/make-test.sh MAVEN-ARGUMENT...' >&2
    exit 2
    ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
cd "$(dirname -- "$0")/.." || exit 1
mkdir -p target
log=target/make-test.log

rm -f ./*/target/surefire-reports/* ./*/target/failsafe-reports/*
{
  code=0
  scripts/mvn.sh "$@" -T 2 -fae -Dmaven.test.failure.ignore=true 2>&1 || code=$?
  echo "$code" >"$log.code"
} | tee "$log"
code=$(cat "$log.code")

failed=$(find ./*/target/surefire-reports ./*/target/failsafe-reports -name '*.txt' ! -name '*-output.txt' \
  -exec sed -n '/^Tests run:/!s/ -- Time elapsed: .*<<< [EF][A-Z]*!.*//p' {} + 2>/dev/null | sort)
if [ -n "$failed" ]; then
  printf 'make test: these tests failed; what they logged is in */target/*-reports:\n'
  echo "$failed" | sed 's/^/  /'
  code=1
elif grep -q '^\[ERROR\]' "$log"; then
  # a Java that died takes its tests with it, and Maven was told to go on
  printf 'make test: failed, without a test that did; the first error:\n'
  sed -n '/^\[ERROR\]/{s/^/  /p;q;}' "$log"
  code=1
fi
[ "$code" != 0 ] || echo 'make test: all passed'
exit "$code"
