#!/bin/sh
# bulwark-hook: written by `bulwark init`, taken away by `bulwark uninstall`.
#
# Runs Bulwark for one git hook, then the hook that was here before, if there was one
# (<hook>.before-bulwark), which gets the same arguments and the same standard input and may refuse as well.
# Exit 0: go on. 1: findings. 2: something could not be checked. All but 0 stop git.

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
find_bulwark() {
  find_below . || find_below "$(git rev-parse --path-format=absolute --git-common-dir 2>/dev/null)/.."
}

find_below() {
  for folder in . "${BULWARK_FOLDER:-@FOLDER@}"; do
    if [ -f "$1/$folder/node_modules/bulwark/bin/bulwark.mjs" ]; then
      printf '%s\n' "$1/$folder/node_modules/bulwark/bin/bulwark.mjs"
      return
    fi
  done
  return 1
}

input=
if [ "$hook" = pre-push ] && [ ! -t 0 ]; then
  input=$(cat && printf .)
  input=${input%.}
fi

node=$(find_node) || refuse 'Node.js was not found, so nothing was checked.' \
  'Install Node.js 22.12 or newer, or start git from a shell where "node --version" answers.'
bulwark=$(find_bulwark) || refuse 'the package "bulwark" is not installed here, so nothing was checked.' \
  'Run your package manager'\''s install (npm ci), then try again.'

printf '%s' "$input" | "$node" "$bulwark" hook "$hook" "$@" || exit $?

if [ -x "$before" ]; then
  if [ "$hook" = pre-push ]; then
    printf '%s' "$input" | "$before" "$@" || exit $?
  else
    "$before" "$@" || exit $?
  fi
fi
