#!/usr/bin/env bash
# usage: scripts/fuzz.sh [seconds [decoder...]]
#
# Gives every decoder of both sides to Jazzer for so long (600 s), beginning with the transcripts, and prints a line about
# each. What breaks one is put where the tests look for it, central/src/test/resources/fuzz; the exit code is then 1.
set -euo pipefail

case "${1:-}" in
  -h | --help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
seconds=${1:-600}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || {
  echo "fuzz.sh: '$seconds' is no number of seconds" >&2
  exit 2
}
shift $(($# > 0 ? 1 : 0))
cd "$(dirname -- "$0")/.."

readonly JAZZER=0.30.0
readonly WORK=$PWD/target/fuzz
readonly FOUND=$PWD/central/src/test/resources/fuzz
mkdir -p "$WORK"
scripts/mvn.sh -B -ntp -q -pl central -am test-compile org.apache.maven.plugins:maven-dependency-plugin:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$WORK/classpath-of-last" -Dmdep.regenerateFile=true
for part in jazzer jazzer-api; do
  scripts/mvn.sh -B -ntp -q -N org.apache.maven.plugins:maven-dependency-plugin:copy -Dartifact=com.code-intelligence:$part:$JAZZER \
    -DoutputDirectory="$WORK" -Dmdep.stripVersion=true
done
classpath=central/target/test-classes:central/target/classes:protocol/target/classes:protocol/target/test-classes:$(cat "$WORK/classpath-of-last")
# the transcripts are found from the module's directory
java=$(scripts/java25.sh)
program=loteria.central.tcp.DecoderFuzz

code=0
cd central
for part in $(echo "$classpath" | tr ':' '\n'); do
  case $part in /*) echo "$part" ;; *) echo "$OLDPWD/$part" ;; esac
done | paste -sd : >"$WORK/classpath"
classpath=$(cat "$WORK/classpath")

if [ $# = 0 ]; then
  # shellcheck disable=SC2046 # a word each
  set -- $("$java" -cp "$classpath" $program)
fi
for decoder in "$@"; do
  mkdir -p "$WORK/$decoder/corpus" "$WORK/$decoder/found"
  "$java" -cp "$classpath" $program "$decoder" "$WORK/$decoder/corpus"
  ended=0
  "$java" -Xmx768m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$WORK/jazzer.jar:$WORK/jazzer-api.jar:$classpath" com.code_intelligence.jazzer.Jazzer --target_class=$program \
    --target_args="$decoder" --disabled_hooks='com.code_intelligence.jazzer.sanitizers.**' --instrumentation_includes='loteria.**' --custom_hook_includes='loteria.**' \
    --reproducer_path="$WORK/$decoder" -artifact_prefix="$WORK/$decoder/found/" -max_total_time="$seconds" -max_len=4096 \
    -rss_limit_mb=0 -print_final_stats=1 "$WORK/$decoder/corpus" >"$WORK/$decoder/log" 2>&1 || ended=$?
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$WORK/$decoder/log")
  printf '%-16s %12s executions in %s s, ' "$decoder" "${executions:-?}" "$seconds"
  if [ "$ended" = 0 ]; then
    echo 'nothing found'
  else
    code=1
    mkdir -p "$FOUND/$decoder"
    cp "$WORK/$decoder/found/"* "$FOUND/$decoder/" 2>/dev/null || true
    echo "ended with $ended: $WORK/$decoder/log"
  fi
done
exit $code
