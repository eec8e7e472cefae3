#!/bin/sh
# usage: scripts/java25.sh [--jdk]
#
# Prints the path of a Java 25 launcher, or with --jdk of one that has its compiler beside it. The default `java` of a
# machine can be older than the Java this project is written for; what starts its jars asks here.
set -eu

# a job that the system starts may have none
HOME=${HOME:-/}
want=JRE
case "$#:${1:-}" in
  0:) ;;
  1:--jdk) want=JDK ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    printf "scripts/java25.sh: it takes no '%s'\nusage: scripts/java25.sh [--jdk]\n" "$*" >&2
    exit 2
    ;;
esac

fits() { # home: has it a launcher of Java 25, and the compiler if one is wanted?
  [ -x "$1/bin/java" ] || return 1
  [ "$want" = JRE ] || [ -x "$1/bin/javac" ] || return 1
  # asking the launcher, not the release file: some distributions leave that file out
  case $("$1/bin/java" -version 2>&1) in
    *'version "25'[.\"-]*) return 0 ;;
    *) return 1 ;;
  esac
}

on_path() { # the home behind the `java` of the PATH, through its links
  java=$(command -v java) || return 0
  java=$(readlink -f "$java" 2>/dev/null || echo "$java")
  dirname "$(dirname "$java")"
}

# Names with 25 in them before the rest: each question to a launcher costs some 50 ms.
for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$(on_path)" \
  /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* \
  "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/25* \
  "$HOME"/.jdks/*25* "$HOME"/.asdf/installs/java/*25* \
  /opt/homebrew/opt/openjdk@25 /usr/local/opt/openjdk@25 /opt/homebrew/opt/openjdk /usr/local/opt/openjdk \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -n "$home" ] && fits "$home"; then
    echo "$home/bin/java"
    exit 0
  fi
done

echo "no $want 25 found: install one (Debian, Ubuntu: temurin-25-jdk or openjdk-25-jdk; macOS: brew install openjdk@25;" \
  "SDKMAN: sdk install java 25-tem) or set JAVA_HOME to it" >&2
exit 1
