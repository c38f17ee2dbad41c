#!/bin/sh
# bulwark-hook: written by `bulwark init`, taken away by `bulwark uninstall`.
#
# Runs Bulwark for one git hook, then the hook that was here before, if there was one
# (<hook>.before-bulwark), which gets the same arguments and the same standard input and may refuse as well. What it
# changes of the commit is judged, too.
# Exit 0: go on. 1: findings. 2: something could not be checked. All but 0 stop git.
#
# It asks the daemon first, if one is there. Only a proven "clean" is believed; after anything else the check runs
# here, so that a daemon can make it faster and nothing more. BULWARK_DAEMON=0 leaves the daemon out.

hook=${BULWARK_HOOK:-${0##*/}}
before=$0.before-bulwark

refuse() {
  printf 'bulwark: %s\n%s\n' "$1" "$2" >&2
  exit 2
}

# The folder of a program that starts hooks with a poor PATH (as graphical clients do) rarely has Node in it:
# look where installers and version managers put it. They keep old ones, too: the first that is new enough serves.
find_node() {
  command -v node && return
  old=
  for node in \
    "${VOLTA_HOME:-$HOME/.volta}/bin/node" \
    "${NVM_DIR:-$HOME/.nvm}"/versions/node/*/bin/node \
    "${FNM_DIR:-$HOME/.local/share/fnm}"/aliases/default/bin/node \
    "${ASDF_DATA_DIR:-$HOME/.asdf}/shims/node" \
    "${MISE_DATA_DIR:-$HOME/.local/share/mise}/shims/node" \
    "$HOME/.local/bin/node" \
    /opt/homebrew/bin/node \
    /usr/local/bin/node \
    /usr/bin/node \
    "/c/Program Files/nodejs/node.exe"; do
    [ -x "$node" ] || continue
    if "$node" -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)' >/dev/null 2>&1; then
      printf '%s\n' "$node"
      return
    fi
    old=$node
  done
  [ -n "$old" ] && printf '%s\n' "$old"
}

# Git starts hooks at the top of the work tree. A linked worktree may have no node_modules of its own: then
# the main one's serve.
find_package() {
  find_below . || find_below "$(git rev-parse --path-format=absolute --git-common-dir 2>/dev/null)/.."
}

find_below() {
  for folder in . "${BULWARK_FOLDER:-@FOLDER@}"; do
    package=$1/$folder/node_modules/bulwark
    [ -f "$package/bin/bulwark.cjs" ] && return
  done
  return 1
}

# Git's folder that all worktrees share (gitrepository-layout(5)): a linked worktree's own names it in `commondir`.
find_common_folder() {
  common=${GIT_COMMON_DIR:-${GIT_DIR:-.git}}
  [ -d "$common" ] || return 1
  if [ -f "$common/commondir" ]; then
    IFS= read -r shared <"$common/commondir" || return 1
    case $shared in
      /*) common=$shared ;;
      *) common=$common/$shared ;;
    esac
  fi
}

# Whether this hook may be asked of a daemon at all. Sets what names the daemon: its folder, by the build of the
# package that is installed here.
may_ask() {
  [ "${BULWARK_DAEMON:-1}" != 0 ] && [ -z "${CI:-}" ] && [ -z "${GIT_CONFIG_COUNT:-}" ] || return 1
  command -v perl >/dev/null || command -v curl >/dev/null || return 1
  case $hook in
    pre-commit | pre-merge-commit | commit-msg)
      # Without its name nobody could tell which index an answer is about.
      [ -f "${GIT_INDEX_FILE:-}" ] || return 1
      ;;
    pre-push) ;;
    *) return 1 ;;
  esac
  build=
  IFS= read -r build 2>/dev/null <"$package/dist/bundle/build-id"
  build=${build%"${build#????????????????}"}
  [ -n "$build" ] && find_common_folder && daemon=$common/bulwark/daemon-$build
}

# The variables that what a check says may depend on.
handed_on='PATH HOME XDG_CONFIG_HOME TERM NO_COLOR FORCE_COLOR BULWARK_DEBUG BULWARK_REPORT_KEY
  GIT_EDITOR GIT_DIR GIT_COMMON_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
  GIT_QUARANTINE_PATH GIT_CEILING_DIRECTORIES GIT_DISCOVERY_ACROSS_FILESYSTEM GIT_EXEC_PATH GIT_CONFIG_GLOBAL
  GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM GIT_CONFIG_PARAMETERS'

# Whether the folder, the pass and the socket are ours and nobody else's; links are none of them. Nine words tell of
# a file, the first its mode (a full stop behind that says that SELinux knows it), the fifth its size. In the order
# of bytes `.` and `..` come first, then the index, then `pass` and the socket. Sets the `size` of the index.
look_around() {
  size=
  case ${GIT_INDEX_FILE:-} in
    '') beside= ;;
    "$common"/*) beside=../../${GIT_INDEX_FILE#"$common"/} ;;
    "$PWD/$common"/*) beside=../../${GIT_INDEX_FILE#"$PWD/$common"/} ;;
    /*) beside=$GIT_INDEX_FILE ;;
    *) beside=$PWD/$GIT_INDEX_FILE ;;
  esac
  case $beside in
    *[[:space:]]*)
      # shellcheck disable=SC2046
      set -- $(ls -lnd -- "$GIT_INDEX_FILE")
      size=$5 beside=
      ;;
  esac
  # shellcheck disable=SC2046
  set -- $(CDPATH='' cd -- "$daemon" && LC_ALL=C ls -lnd . .. pass "$socket" ${beside:+"$beside"} 2>/dev/null)
  modes="$1 ${10}"
  if [ -n "$beside" ]; then
    [ $# = 45 ] || return 1
    size=${23}
    shift 9
  fi
  [ $# = 36 ] || return 1
  case "$modes ${19} ${28}" in
    'drwx------ drwx------ -rw------- srw-------') ;;
    'drwx------. drwx------. -rw-------. srw-------.') ;;
    *) return 1 ;;
  esac
  [ -O "$daemon" ] && [ -O "$daemon/pass" ] && [ -O "$daemon/$socket" ]
}

# Sets `index`, how the index ends (its checksum: 20 bytes, 40 hex digits), and `nonce`, 12 random bytes.
name_question() {
  # shellcheck disable=SC2046
  if [ -n "$size" ]; then
    [ "$size" -gt 20 ] || return 1
    set -- $(od -An -v -tx1 -j $((size - 20)) -N 32 -- "$GIT_INDEX_FILE" /dev/urandom 2>/dev/null)
    [ $# = 32 ] || return 1
  else
    set -- $(od -An -v -tx1 -N 12 /dev/urandom 2>/dev/null)
    [ $# = 12 ] || return 1
  fi
  IFS=
  nonce=$*
  unset IFS
  index=${nonce%????????????????????????}
  nonce=${nonce#"$index"}
}

# The question, as packages/daemon/src/protocol.ts says: fields that end in NUL, then the standard input.
print_question() {
  printf '%s\0' "$ask" "$nonce" "$daemon" "$index" "$PWD" whook "w$hook"
  for word in "$@"; do printf 'w%s\0' "$word"; done
  for name in $handed_on; do
    eval "[ -z \"\${$name+x}\" ] || printf 'e%s=%s\\0' $name \"\$$name\""
  done
  [ ! -t 1 ] || printf 't\0'
  printf i%s "$input"
}

# Whether the daemon says that all is clean, and proves that it is ours and speaks of this question.
ask_daemon() {
  [ -f "$daemon/pass" ] || return 1
  {
    IFS= read -r head && IFS= read -r socket && IFS= read -r ask && IFS= read -r proof && IFS= read -r pid
  } 2>/dev/null <"$daemon/pass"
  case $head.$socket in
    'bulwark 1.s'*[!0-9]*) return 1 ;;
    'bulwark 1.s'?*) ;;
    *) return 1 ;;
  esac
  if command -v perl >/dev/null; then ask_by_perl "$@"; else ask_by_curl "$@"; fi
}

ask_by_perl() {
  if [ -n "$input" ]; then
    printf %s "$input" | run_perl "$@"
  else
    run_perl "$@" </dev/null
  fi
}

# Nobody's own settings of perl have a say in this; it would complain of a locale that is not there.
run_perl() (
  unset PERL5OPT PERL5LIB PERL5DB PERLIO PERLLIB
  LC_ALL=C exec perl -C0 "$package/hooks/ask.pl" "$daemon" "$PWD" "$handed_on" hook "$hook" "$@" 2>/dev/null
)

ask_by_curl() {
  look_around && name_question || return 1
  proof="$proof $nonce${index:+ $index}"
  # From inside its folder, as the whole path may be longer than a socket's can be; the full stop keeps line feeds.
  answer=$(
    print_question "$@" | {
      CDPATH='' cd -- "$daemon" && exec curl -q --silent --noproxy '*' --unix-socket "$socket" --max-time 2 \
        --header 'Expect:' --header 'Content-Type: application/octet-stream' --data-binary @- \
        --write-out '%{http_code}.' http://bulwark/check
    }
  ) || return 1
  case $answer in
    "$proof
"*200.) ;;
    *) return 1 ;;
  esac
  answer=${answer#*"
"}
  # A reader that went away changes no verdict.
  trap '' PIPE
  printf %s "${answer%200.}" 2>/dev/null || :
  trap - PIPE
}

# Without a daemon the next hook shall find one. Nothing of this hook is handed on: git waits for its own pipes.
start_daemon() {
  [ ! -f "$daemon/pass" ] || ! kill -0 "${pid:-0}" 2>/dev/null || return 0
  "$node" "$package/bin/bulwark.cjs" daemon start </dev/null >/dev/null 2>&1 &
}

run_check() {
  node=$(find_node) || refuse 'Node.js was not found, so nothing was checked.' \
    'Install Node.js 22.12 or newer, or start git from a shell where "node --version" answers.'
  printf '%s' "$input" | {
    # Node 20 reads these at every start, which takes it longer than all else. Only a repository's own rules may need them.
    [ -f .secretlintrc.json ] || [ -f .secretlintrc ] || unset NODE_EXTRA_CA_CERTS
    exec "$node" "$package/bin/bulwark.cjs" hook "$hook" "$@"
  }
  code=$?
  [ "$asks" = no ] || start_daemon
  return $code
}

# What was judged, by a checksum of it.
name_judged() {
  case $hook in
    commit-msg) cksum <"$1" ;;
    *) [ ! -f "${GIT_INDEX_FILE:-}" ] || cksum <"$GIT_INDEX_FILE" ;;
  esac
}

input=
if [ "$hook" = pre-push ] && [ ! -t 0 ]; then
  input=$(cat && printf .)
  input=${input%.}
fi

find_package || refuse 'the package "bulwark" is not installed here, so nothing was checked.' \
  'Run your package manager'\''s install (npm ci), then try again.'

asks=yes pid=
may_ask || asks=no
{ [ $asks = yes ] && ask_daemon "$@"; } || run_check "$@" || exit $?

if [ -x "$before" ]; then
  if [ "$hook" = pre-push ]; then
    printf '%s' "$input" | "$before" "$@" || exit $?
  else
    judged=$(name_judged "$@")
    "$before" "$@" || exit $?
    # It may have staged more, or written another message: then that is what is committed. Who cannot tell looks again.
    { [ -n "$judged" ] && [ "$judged" = "$(name_judged "$@")" ]; } || run_check "$@" || exit $?
  fi
fi
