#!/bin/sh
# uv in a virtual environment of its own, where `uv sync` cannot remove it; then the locked packages into .venv.
set -eu
. "$(dirname "$0")/say.sh"
uv=.tools/bin/uv
version=0.13.9

if [ "$($uv --version 2>/dev/null | cut -d' ' -f2)" != "$version" ]; then
    command -v python3 >/dev/null || fail "缺少 python3。请安装：apt-get install python3 python3-venv" \
        "python3 is missing. Install it: apt-get install python3 python3-venv"
    python3 -m venv .tools || fail "建不了 Python 虚拟环境。请安装：apt-get install python3-venv" \
        "A Python virtual environment could not be made. Install: apt-get install python3-venv"
    .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$version" || fail \
        "uv $version 没有装上。请检查能否访问 Python 软件源（pip 的 index-url 设置）后重试。" \
        "uv $version could not be installed. Check that the Python package index can be reached (index-url of pip), then try again."
fi

unset VIRTUAL_ENV
if ! $uv python find --quiet '>=3.11' >/dev/null 2>&1; then
    say "本机没有 Python 3.11 或更新版本，正在下载 Python 3.12。" "This machine has no Python 3.11 or later; fetching Python 3.12."
    $uv python install --quiet 3.12 || fail \
        "需要 Python 3.11 或更新版本，但下载不了。Debian 12、Ubuntu 24.04 及更新的系统自带，执行：apt-get install python3 python3-venv" \
        "Python 3.11 or later is needed and could not be fetched. Debian 12, Ubuntu 24.04 and later bring it: apt-get install python3 python3-venv"
fi

# To run, what a developer has added may stay; to test, exactly the lock and nothing else.
[ "${1:-run}" = test ] && exact="" || exact="--no-dev --inexact"
say "正在安装 Python 依赖（按 uv.lock）…" "Installing the Python packages named in uv.lock …"
# Where Python may keep no bytecode, it is made now: otherwise every start would compile every package anew.
[ -n "${PYTHONDONTWRITEBYTECODE:-}" ] && bytecode=--compile-bytecode || bytecode=""
$uv sync --locked --quiet $bytecode $exact || fail "Python 依赖没有装上，原因见上。" "The Python packages could not be installed, for the reason above."
