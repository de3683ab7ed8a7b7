# shellcheck shell=bash
# Finds the tools that ./run and ./test need, and installs what is missing. To be sourced; works in bash 3.2, macOS's.

war=target/neural-ink.war
payara=target/dependency/payara-micro.jar
built=target/built # its date is the start of the build that made both

# Java's default encoding follows the locale, and a bare system has none.
[[ ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} == *[Uu][Tt][Ff]* ]] || export LC_ALL=C.UTF-8

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Succeeds if no source is newer than the build, the folders included: they change when a file in them is removed.
is_built() {
  [[ -e $war && -e $payara && -e $built ]] \
    && [[ -z $(find pom.xml label_map.json models src/main -newer "$built" -print -quit) ]]
}

# Runs a command that makes the WAR and fetches Payara, and notes when it began.
build_with() {
  mkdir -p target
  touch target/building
  rm -rf target/classes/models target/bulk # Maven does not remove resources and libraries that are no longer needed
  "$@" && mv target/building "$built"
}

# Whether a tool is there.

has_jdk() {
  [[ $(javac -version 2>&1) =~ javac\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 17))
}

has_maven() {
  command -v mvn >/dev/null
}

has_node() {
  [[ $(node --version 2>/dev/null) =~ v([0-9]+) ]] && ((BASH_REMATCH[1] >= 18)) && command -v npm >/dev/null
}

# shellcheck disable=SC2034 # ./test uses the two paths
has_browser() {
  chromium=$(first_of "${CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome") \
    && chromedriver=$(first_of "${CHROMEDRIVER:-}" chromedriver chromium.chromedriver) \
    && "$chromium" --version >/dev/null 2>&1 # Ubuntu's package is a stub that fails where there are no snaps
}

# shellcheck disable=SC2034 # ./test uses the path
has_firefox() {
  firefox=$(first_of "${FIREFOX:-}" firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox) \
    && "$firefox" --version >/dev/null 2>&1
}

# The path of the first of some commands that exists.
first_of() {
  local candidate
  for candidate; do
    [[ $candidate ]] && command -v "$candidate" && return
  done
  return 1
}

describe() {
  case $1 in
    jdk) echo "JDK 17 or later" ;;
    maven) echo "Maven 3.6.3 or later" ;;
    node) echo "Node.js 18 or later with npm" ;;
    browser) echo "Chromium and ChromeDriver" ;;
    firefox) echo "Firefox" ;;
  esac
}

# A system's packages for a tool.
packages() {
  case $1:$2 in
    apt:jdk) if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then echo openjdk-17-jdk-headless; else echo default-jdk-headless; fi ;;
    apt:node) echo nodejs npm ;;
    apt:browser) if grep -qs '^ID=ubuntu' /etc/os-release; then echo chromium-browser chromium-chromedriver; else echo chromium chromium-driver; fi ;;
    apt:firefox) if apt-cache show firefox-esr >/dev/null 2>&1; then echo firefox-esr; else echo firefox; fi ;;
    brew:jdk) echo openjdk@21 ;;
    brew:browser) echo google-chrome chromedriver ;;
    dnf:jdk) echo java-21-openjdk-devel ;;
    dnf:browser) echo chromium chromedriver ;;
    pacman:jdk) echo jdk21-openjdk ;;
    pacman:browser) echo chromium ;;
    dnf:node | pacman:node) echo nodejs npm ;;
    *) echo "$2" ;;
  esac
}

package_manager() {
  local manager
  for manager in apt-get brew dnf pacman; do
    command -v "$manager" >/dev/null && echo "${manager%-get}" && return
  done
}

# The command that installs tools.
install_command() {
  local manager=$1 names=() tool
  shift
  for tool; do
    # shellcheck disable=SC2207 # names of packages have no spaces
    names+=($(packages "$manager" "$tool"))
  done
  case $manager in
    apt) echo "apt-get update -qq && apt-get install -y -qq --no-install-recommends ${names[*]}" ;;
    brew) echo "brew install ${names[*]}" ;;
    dnf) echo "dnf install -y ${names[*]}" ;;
    pacman) echo "pacman -S --noconfirm ${names[*]}" ;;
  esac
}

# Puts the JDK in JAVA_HOME first on the path, as Maven does.
use_java_home() {
  [[ ${JAVA_HOME:-} ]] || return 0
  local path=$PATH
  PATH=$JAVA_HOME/bin:$PATH
  has_jdk && return
  echo "JAVA_HOME=$JAVA_HOME has no JDK 17 or later; it is ignored." >&2
  PATH=$path
  unset JAVA_HOME
}

# Prints those of some tools that are missing.
missing() {
  local tool
  for tool; do
    "has_$tool" || echo "$tool"
  done
}

# Installs tools if this user may; otherwise prints the command that does, and ends.
install_tools() {
  local manager tool command
  manager=$(package_manager)
  command=$(install_command "$manager" "$@")
  echo "Missing:"
  for tool; do
    echo "  $(describe "$tool")"
  done
  case $manager in
    apt)
      if ((EUID == 0)); then
        run_install env DEBIAN_FRONTEND=noninteractive sh -c "$command"
      elif command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
        run_install sudo env DEBIAN_FRONTEND=noninteractive sh -c "$command"
      elif command -v sudo >/dev/null; then
        fail "Type this, then try again:" "" "  sudo sh -c '$command'"
      else
        fail "Type this, then try again:" "" "  su -c '$command'"
      fi
      ;;
    brew) run_install sh -c "$command" ;; # untested
    dnf | pacman) fail "Type this, then try again:" "" "  sudo $command" ;; # untested
    *) fail "Install them with your system's package manager, then try again." ;;
  esac
  if [[ $manager == brew && " $* " == *" jdk "* ]]; then
    JAVA_HOME=$(brew --prefix openjdk@21)/libexec/openjdk.jdk/Contents/Home
    export JAVA_HOME
    use_java_home
  fi
}

run_install() {
  echo "Installing, which takes about 1 minute: $*"
  mkdir -p target
  "$@" >target/install.log 2>&1 || {
    tail -n 20 target/install.log >&2
    fail "The installation failed; target/install.log has its output."
  }
}

# Ends with a message if a tool is missing.
demand() {
  local tool
  for tool; do
    "has_$tool" || fail "Not found: $(describe "$tool"). This system's package may be too old."
  done
}

use_java_home
