#!/usr/bin/env bash
# Installs the program the ways its users do, with its dependencies from the package registry, and asks it a question
# away from the checkout: `pip install .`, the built wheel, and `uv tool install` where uv is there.
#
#   bash scripts/smoke_install.sh [PYTHON …]     default: .venv/bin/python
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R seeds "$work/seeds"
export ASSISTANT_HOME="$work/state"

asks() { # NAME COMMAND: the command answers in a folder that is not the checkout
    (cd "$work" && "$2" --version >/dev/null && "$2" ask "What did Sullivan claim?" | grep -q "seeds/" && "$2" doctor >/dev/null)
    echo "ok: $1"
}

.venv/bin/python -m hatchling build -t wheel -d "$work/dist" >/dev/null 2>&1
wheel=$(echo "$work"/dist/*.whl)

for python in "${@:-.venv/bin/python}"; do
    version=$("$python" -c 'import platform; print(platform.python_version())')
    for what in "$root" "$wheel"; do
        rm -rf "$work/venv"
        "$python" -m venv "$work/venv"
        "$work/venv/bin/python" -m pip --disable-pip-version-check install -qq "$what"
        asks "pip install ${what##*/}, Python $version" "$work/venv/bin/assistant"
    done
done

if command -v uv >/dev/null; then
    UV_TOOL_DIR="$work/tools" UV_TOOL_BIN_DIR="$work/bin" uv tool install --quiet --python .venv/bin/python "$wheel"
    asks "uv tool install" "$work/bin/assistant"
fi
