# Finds Python and makes the environment; sourced by ./run, ./folkmoot and ./test. POSIX sh.
#
# Before sourcing, set "here" to the project's folder. Afterwards call
#   environment LOCK...      makes .venv hold what the lock files name; costs nothing when it already does
# and then use "$python". The folder that the person stands in stays as it is: their relative paths mean theirs.

venv=$here/.venv

environment() {
    python=$venv/bin/python
    environment_current "$@" && return
    find_python
    (cd "$here" && "$found" scripts/make_environment.py "$venv" "$@") || exit 1
}

# Each lock file has a stamp: the Python and the checksum that it was installed for.
environment_current() {
    [ -x "$python" ] && [ ! -e "$venv/unfinished" ] || return 1
    python_version=$("$python" -I -S -c 'import sys; print(sys.version_info[:2])' 2>/dev/null) || return 1
    for lock in "$@"; do
        [ "$(cat "$venv/$lock.stamp" 2>/dev/null)" = "$python_version $(cksum <"$here/$lock")" ] || return 1
    done
}

# A Python that is new enough and can make environments; FOLKMOOT_PYTHON may name one.
find_python() {
    old='' bare=''
    for candidate in ${FOLKMOOT_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        version=$("$candidate" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        if ! "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            old="${old:-$version}"
        elif ! "$candidate" -I -c 'import venv, ensurepip' 2>/dev/null; then
            bare="${bare:-$version}"
        else
            found=$candidate
            return
        fi
    done
    if [ -n "$bare" ]; then
        echo "Python $bare is here, but without the part that makes environments (venv)." >&2
        echo "On Debian and Ubuntu: apt install python$bare-venv. Then start again." >&2
    elif [ -n "$old" ]; then
        echo "Folkmoot needs Python 3.11 or newer; this machine has $old." >&2
        echo "Install a newer one (python.org, or your system's packages); if it has an unusual place, name it:" >&2
        echo "  FOLKMOOT_PYTHON=/path/to/python3 $0" >&2
    else
        echo "Folkmoot needs Python 3.11 or newer, and there is none here." >&2
        echo "Install it (on Debian and Ubuntu: apt install python3 python3-venv). Then start again." >&2
    fi
    exit 1
}
