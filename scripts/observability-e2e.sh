#!/usr/bin/env bash
# usage: scripts/observability-e2e.sh
#
# What docker-compose-observability.yaml watches with, tried with a real Prometheus: its configuration, its alerts and their
# tests, and that a central at work answers every query of the dashboard and of the alerts. Needs promtool, prometheus
# and alertmanager (Debian: apt-get install prometheus prometheus-alertmanager), and the ports 29090, 29093, 28080 and 22345 to 22349.
set -uo pipefail

case "$#:${1:-}" in
  0:) ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    echo 'usage: scripts/observability-e2e.sh' >&2
    exit 2
    ;;
esac
cd "$(dirname -- "$0")/.." || exit 1
. scripts/checks.sh
export LC_ALL=C.UTF-8

readonly SETTINGS=docker/observability
readonly PROMETHEUS=127.0.0.1:29090
readonly ALERTMANAGER=127.0.0.1:29093
readonly HTTP=28080
work=$(mktemp -d)
started=()

cleanup() {
  [ "${#started[@]}" = 0 ] || kill "${started[@]}" 2>/dev/null
  wait
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

for tool in promtool prometheus prometheus-alertmanager amtool; do
  command -v "$tool" >/dev/null || {
    echo "observability-e2e: there is no $tool here; Debian has it in its packages prometheus and prometheus-alertmanager" >&2
    exit 1
  }
done

starts_central() {
  local java
  java=$(scripts/java25.sh)
  SERVER_PORT=$HTTP CENTRAL_LISTENERS_LINES_PORT=22345 CENTRAL_LISTENERS_FIXED_PORT=22346 \
    CENTRAL_LISTENERS_CSV_PORT=22347 CENTRAL_LISTENERS_PACKETS_PORT=22348 CENTRAL_LISTENERS_TLV_PORT=22349 \
    CENTRAL_AGENCIES=1-2 CENTRAL_STORE_DIRECTORY=$work/store LOGGING_FORMAT=json \
    "$java" -jar target/programs/central/central.jar >"$work/central.log" 2>&1 &
  central=$!
  started+=("$central")
}

# the composition's own settings, but for where the central is and how often it is asked
starts_prometheus() {
  cp "$SETTINGS/rules.yaml" "$work"
  sed -e '/dns_sd_configs/,$d' -e 's/_interval: 5s/_interval: 2s/' -e "s/alertmanager:9093/$ALERTMANAGER/" "$SETTINGS/prometheus.yaml" >"$work/prometheus.yml"
  printf '    static_configs:\n      - targets: ["127.0.0.1:%s"]\n' "$HTTP" >>"$work/prometheus.yml"
  RUNBOOK_URL=https://example.org/operations prometheus --enable-feature=expand-external-labels --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" --web.listen-address="$PROMETHEUS" \
    >"$work/prometheus.log" 2>&1 &
  started+=("$!")
}

starts_alertmanager() {
  prometheus-alertmanager --config.file="$SETTINGS/alertmanager.yaml" --storage.path="$work/alertmanager" \
    --web.listen-address="$ALERTMANAGER" --cluster.listen-address= >"$work/alertmanager.log" 2>&1 &
  started+=("$!")
}

alert_has_its_link() { # name
  amtool --alertmanager.url="http://$ALERTMANAGER" alert query --output=json "alertname=$1" |
    grep -F '"runbook_url":"https://example.org/operations#'
}

central_is_ready() {
  local status
  { exec 3<>"/dev/tcp/127.0.0.1/$HTTP" && printf 'GET /actuator/health/readiness HTTP/1.0\r\n\r\n' >&3 &&
    read -r -t 5 _ status _ <&3 && [ "$status" = 200 ]; } 2>/dev/null || {
    tail -n 5 "$work/central.log"
    return 1
  }
}

ask() { # query: the answer, a line a series
  promtool query instant "http://$PROMETHEUS" "$1"
}

answers() { # query: with a number, not only with nothing
  local said
  said=$(ask "$1")
  grep -qE '=> -?[0-9+]' <<<"$said" || {
    printf 'the query  %s\nanswers    %s\n' "$1" "${said:-nothing}"
    return 1
  }
}

is() { # query, number
  equal "$(ask "$1" | sed 's/.*=> \([^ ]*\) .*/\1/')" "$2"
}

agency() { # number: sends its file, finishes, and waits for the draw
  CLI_ID=$1 CLI_FILE=$PWD/.data/agency-$1.csv CLI_SERVER_ADDRESS=localhost:22345 \
    "$(scripts/java25.sh)" -jar target/programs/agency/agency.jar >"$work/agency-$1.log" 2>&1
}

two_agencies_draw() {
  local first
  agency 1 &
  first=$!
  agency 2 && wait "$first"
}

# as Grafana would send it, over the time of this test
queries_of_dashboard() {
  # shellcheck disable=SC2016 # the variable is Grafana's
  grep '"expr"' "$SETTINGS/grafana/dashboards/lottery.json" | grep -v ALERTS |
    sed -e 's/.*"expr": "\(.*\)",*$/\1/' -e 's/\\"/"/g' -e 's/\$__rate_interval/5m/g'
}

# of every alert the figures that it compares: without what they are compared with, or nothing would be right
metrics_of_alerts() {
  # lottery_draw_waits_for_agencies is there only while an agency is waited for: looked at before the draw
  grep '^ *expr:' "$SETTINGS/rules.yaml" | grep -o -e 'lottery_[a-z_]*' -e process_start_time_seconds |
    grep -v waits_for | sort -u
}

every_line_is_json() {
  ! grep -v '^{"@timestamp":.*}$' "$work/central.log"
}

check 'Prometheus accepts its configuration' promtool check config "$SETTINGS/prometheus.yaml"
check 'Alertmanager accepts its configuration' amtool check-config "$SETTINGS/alertmanager.yaml"
check 'promtool check rules' promtool check rules "$SETTINGS/rules.yaml"
check 'promtool test rules' promtool test rules "$SETTINGS/rules-tests.yaml"

need 'make build' make -s build
starts_central
starts_prometheus
starts_alertmanager
need 'the central is ready' eventually 120 central_is_ready
need 'Prometheus scrapes the central' eventually 120 is 'up{job="central"}' 1
need 'Prometheus has its first figures' eventually 30 is lottery_store_bets 0
check 'the metrics name who is missing' eventually 30 is 'count(lottery_draw_waits_for_agencies{state="missing"})' 2
check 'two agencies bet, and the draw happens' two_agencies_draw
need 'Prometheus sees the draw' eventually 30 is lottery_draw_drawn 1
# a scrape may have what was counted a second before
check 'as many bets are seen as were sent' eventually 30 is lottery_store_bets "$(cat .data/agency-[12].csv | wc -l | tr -d ' ')"
while read -r query; do
  check "the dashboard gets an answer: $query" eventually 30 answers "$query"
done < <(queries_of_dashboard)
check 'the dashboard asks something' test "$(queries_of_dashboard | wc -l)" -gt 20
while read -r metric; do
  check "alerts have their figures: $metric" eventually 30 answers "$metric"
done < <(metrics_of_alerts)
# this machine may have little disk, or a slow one
check 'no alert is raised where all is well' equal \
  "$(ask 'ALERTS{alertstate="firing", alertname!~"LittleDisk|SlowCommits"}')" ''
check 'LOGGING_FORMAT=json: every line of the log is an object' every_line_is_json
kill "$central"
check 'an alert waits to be raised when the central is gone' eventually 30 is 'count(ALERTS{alertname="NoCentral"})' 1
check 'the Alertmanager has it, with a link to click' eventually 90 alert_has_its_link NoCentral

verdict
