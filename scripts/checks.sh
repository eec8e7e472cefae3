# shellcheck shell=bash
# Sourced by the scripts that check things: counts, names and ends them alike.

passed=0
failed=0

# check NAME COMMAND...: the command's exit code is the answer; what it printed is shown if that is no. It runs in a
# subshell: what it sets is gone.
check() {
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
    printf 'pass  %s\n' "$name"
    return 0
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$name"
    [ -z "$said" ] || printf '%s\n' "$said" | tail -n 40 | sed 's/^/      | /'
    return 1
  fi
}

# need NAME COMMAND...: a check without which the rest would only fail for the same reason
need() {
  check "$@" && return
  echo "the rest was not tried"
  verdict
  exit 1
}

# equal ACTUAL EXPECTED
equal() {
  [ "$1" = "$2" ] || {
    printf 'it is  %s\nnot    %s\n' "$1" "$2"
    return 1
  }
}

# fails COMMAND...: with the exit code 1, neither success nor an accident
fails() {
  local code=0
  "$@" || code=$?
  equal "exit code $code" 'exit code 1'
}

# eventually SECONDS COMMAND...: asks until the answer is yes or the time is over
eventually() {
  local limit=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$limit" ]; then
      "$@"
      return
    fi
    sleep 0.2
  done
}

verdict() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
}
