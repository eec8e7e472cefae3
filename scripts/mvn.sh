#!/bin/sh
# usage: scripts/mvn.sh MAVEN-ARGUMENT...
#
# Maven, after a look at what the build needs, so that a missing piece is one line instead of a page of Maven's.
set -eu

case "$#:${1:-}" in
  0:)
    echo 'usage: scripts/mvn.sh MAVEN-ARGUMENT...' >&2
    exit 2
    ;;
  1:-h | 1:--help)
    sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
here=$(cd "$(dirname -- "$0")" && pwd)

java=$("$here/java25.sh" --jdk)
home=${java%/bin/java}
# for the build's own search of a JDK 25, which does not look everywhere that java25.sh looks
export JAVA25_HOME="$home"
# and for Maven itself, which looks at the tests before it gives them to several Javas
export JAVA_HOME="$home"

need='Maven 3.8 or newer (Debian, Ubuntu: apt install maven; macOS: brew install maven; SDKMAN: sdk install maven)'
if ! command -v mvn >/dev/null; then
  echo "no mvn found on the PATH: install $need" >&2
  exit 1
fi
version=$(mvn --version 2>&1 | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
case $version in
  '')
    echo "$(command -v mvn) does not say its version; see what 'mvn --version' answers" >&2
    exit 1
    ;;
  [012].* | 3.[0-7] | 3.[0-7].*)
    echo "$(command -v mvn) is Maven $version: install $need" >&2
    exit 1
    ;;
esac

# Maven's terminal library otherwise ends whatever it writes with escape sequences, also what goes into a file
# and its older libraries make Java 25 warn of what they do
export MAVEN_OPTS="-Djansi.noreset=true --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
cd "$here/.."
# most tests wait: for a time limit to pass, for a peer to be noticed
exec mvn -Dtest.javas=3 "$@"
