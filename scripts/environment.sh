# Sourced by the other scripts: makes .venv from requirements.lock, and again when the lock changes.
# Needs only python3 >= 3.11 (uses uv when it is there) and writes nothing outside the checkout.

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
VENV=$ROOT/.venv
export PIP_CACHE_DIR="$VENV/.cache/pip" UV_CACHE_DIR="$VENV/.cache/uv" PIP_DISABLE_PIP_VERSION_CHECK=1

make_environment() {
    wanted=$(cat "$ROOT/requirements.lock" "$ROOT/pyproject.toml" | cksum)
    if made_from "$wanted"; then
        return
    fi
    begin_environment
    install "$ROOT/requirements.lock"
    install_checkout
    echo "$wanted" >"$VENV/.made-from"
}

# The same in .venv-st, with the extra st and a small real model to test it with.
make_environment_st() {
    VENV=$ROOT/.venv-st
    wanted=$(cat "$ROOT/requirements.lock" "$ROOT/requirements-st.lock" "$ROOT/pyproject.toml" | cksum)
    if made_from "$wanted"; then
        return
    fi
    begin_environment
    # Without a lock and by pip alone: which build of torch a machine can use is not ours to say. A
    # CPU build is enough; where pip is told of one (extra index or find-links), it takes that.
    "$VENV/bin/python" -m pip install --quiet torch==2.13.0
    install "$ROOT/requirements.lock" --no-deps
    install "$ROOT/requirements-st.lock" --no-deps
    install_checkout
    echo "$wanted" >"$VENV/.made-from"
}

made_from() {
    [ -x "$VENV/bin/assist" ] && [ "$(cat "$VENV/.made-from" 2>/dev/null)" = "$1" ]
}

begin_environment() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "python3 is $(python3 --version 2>&1); this needs Python 3.11 or newer." >&2
        exit 2
    }
    echo "Installing into $VENV (first time, or the dependencies changed)…" >&2
    [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
}

install() {
    lock=$1
    shift
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$VENV/bin/python" --require-hashes "$@" -r "$lock"
    else
        "$VENV/bin/python" -m pip install --quiet --require-hashes "$@" -r "$lock"
    fi
}

install_checkout() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation -e "$ROOT"
    else
        "$VENV/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e "$ROOT"
    fi
}
