# Sourced by the other scripts: makes .venv from requirements.lock, and again when the lock changes.
# Needs only python3 >= 3.11 (uses uv when it is there) and writes nothing outside the checkout.

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
VENV=$ROOT/.venv
export PIP_CACHE_DIR="$VENV/.cache/pip" UV_CACHE_DIR="$VENV/.cache/uv" PIP_DISABLE_PIP_VERSION_CHECK=1

make_environment() {
    wanted=$(cat "$ROOT/requirements.lock" "$ROOT/pyproject.toml" | cksum)
    if [ -x "$VENV/bin/assist" ] && [ "$(cat "$VENV/.made-from" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "python3 is $(python3 --version 2>&1); this needs Python 3.11 or newer." >&2
        exit 2
    }
    echo "Installing into $VENV (first time, or the dependencies changed)…" >&2
    [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$VENV/bin/python" --require-hashes -r "$ROOT/requirements.lock"
        uv pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation -e "$ROOT"
    else
        "$VENV/bin/python" -m pip install --quiet --require-hashes -r "$ROOT/requirements.lock"
        "$VENV/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e "$ROOT"
    fi
    echo "$wanted" >"$VENV/.made-from"
}
