#!/bin/sh
# What the Python wheels cannot bring: text shaping and a Chinese font for papers; for tests a browser and a PDF viewer.
set -eu
. "$(dirname "$0")/say.sh"

wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
if [ "${1:-run}" = test ]; then
    wanted="$wanted libatomic1 poppler-utils"
    grep -q '^ID=ubuntu' /etc/os-release || wanted="$wanted chromium-headless-shell" # Ubuntu has only a snap: setup/browser.sh
fi

command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || fail \
    "本安装脚本只认 Debian 12 及以后版本、Ubuntu 24.04 及以后版本。其他系统请先自行安装与下列软件包相当的软件，再运行 make SYSTEM=ready …：$wanted" \
    "This set-up knows Debian 12 or later and Ubuntu 24.04 or later. Elsewhere install what matches these packages yourself, then run make SYSTEM=ready …: $wanted"

missing=""
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    fail "缺少系统软件包。请管理员执行：apt-get update && $install  然后重新运行刚才的命令。" \
        "System packages are missing. Ask an administrator to run: apt-get update && $install  and then repeat your command."
fi

say "正在安装系统软件包：$missing" "Installing system packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@" </dev/null >>"$log" 2>&1; }
refused() {
    tail -n 20 "$log" >&2
    fail "系统软件包没有装上，原因见上。请检查网络和软件源后重试：apt-get update && $install" \
        "The system packages could not be installed, for the reason above. Check the network and the package source, then: apt-get update && $install"
}
apt update || refused
apt-cache show libharfbuzz-subset0 >/dev/null 2>&1 || fail \
    "本系统太旧，没有排版所需的 libharfbuzz-subset0（Ubuntu 22.04 即是）。请用 Debian 12、Ubuntu 24.04 或更新的系统。" \
    "This system is too old: it has no libharfbuzz-subset0, which papers need (Ubuntu 22.04 is such). Use Debian 12, Ubuntu 24.04 or later."
apt install -y --no-install-recommends $missing || refused
