#!/bin/sh
# Noto faces cut to common characters: papers come out faster and smaller. Where Noto is not installed they still come out.
set -eu
. "$(dirname "$0")/say.sh"

say "正在把字体裁到常用字，约需半分钟，只做一次…" "Cutting the fonts to common characters: half a minute, once …"
if .venv/bin/python -m reports.fonts; then touch reports/print/fonts/stamp; fi
