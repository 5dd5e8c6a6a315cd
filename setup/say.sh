# shellcheck shell=sh
# How every set-up script speaks: the Chinese sentence, then the English one.
say() { printf '%s\n%s\n' "$1" "$2" >&2; }
fail() { say "✗ $1" "✗ $2"; exit 1; }
