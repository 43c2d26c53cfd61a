# Sourced by ./mvnw and ./fairlead: sets JAVA_HOME to a JDK 25 or newer, or says how to get one.
# A candidate counts when its own `release` file says so; no JVM is started to find out.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${major:-0}" -ge 25 ]
}

find_jdk25() {
  javac_on_path=$(command -v javac 2>/dev/null) || javac_on_path=
  [ -z "$javac_on_path" ] || javac_on_path=$(readlink -f "$javac_on_path")
  for home in "${JAVA_HOME:-}" "${javac_on_path%/bin/javac}" \
    /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "error: no JDK 25 found; install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it" >&2
  return 1
}
