#!/usr/bin/env bash
# usage: scripts/repeat-run.sh <times>       settings as for scripts/run-local.sh
#
# Runs the whole job over and over and compares each agency's bets and winners with its file. Stops at the first job that
# is not right, and leaves its logs in target/run.
set -euo pipefail

export LC_ALL=C.UTF-8

case ${1:-} in
  -h | --help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  '' | *[!0-9]* | 0*)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
times=$1
cd "$(dirname -- "$0")/.."
data=${DATA:-.data}

expected=$(for file in "$data"/agency-*.csv; do
  agency=${file##*/agency-} agency=${agency%.csv}
  [[ $agency =~ ^[1-9][0-9]*$ ]] || continue
  awk -F , -v agency="$agency" '$NF + 0 == 7574 { won++ } END { print agency, NR, won + 0 }' "$file"
done | sort -n | sed -n "1,${AGENCIES:-1000000}p")

for ((i = 1; i <= times; i++)); do
  started=$SECONDS
  output=$(scripts/run-local.sh 2>&1) || {
    printf '%s\n' "$output"
    echo "job $i of $times failed"
    exit 1
  }
  # the rows of the table: agency, dialect, bets, winners
  table=$(awk '/^agency +dialect/ { rows = 1; next } rows && $1 ~ /^[0-9]+$/ { print $1, $3, $4 }' <<<"$output")
  if [ "$table" != "$expected" ]; then
    diff <(echo "$expected") <(echo "$table") || true
    echo "job $i of $times: another result than the files say (agency, bets, winners; < expected, > got)"
    exit 1
  fi
  echo "job $i of $times right, $((SECONDS - started)) s"
done
