#!/bin/sh
# A browser for the tests, best without anything that draws a window: Debian's package; where the distribution has none (Ubuntu), the one Playwright fetches.
set -eu
. "$(dirname "$0")/say.sh"

for name in chromium-headless-shell chromium google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
say "系统没有 Chromium，正在由 Playwright 下载…" "The system has no Chromium; Playwright fetches one …"
[ "$(id -u)" = 0 ] && with_libraries=--with-deps || with_libraries=""
.venv/bin/playwright install $with_libraries --only-shell chromium >&2 || fail \
    "测试用的浏览器没有装上。请安装 chromium 或 google-chrome-stable，或检查网络后重试。" \
    "The browser for the tests could not be installed. Install chromium or google-chrome-stable, or check the network and try again."
