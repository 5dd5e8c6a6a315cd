"""What OWASP ASVS 5.0.0 asks and what proves it (安全要求与证明): `setup/asvs.toml` as the second part of docs/assurance.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEAD = """
## 安全要求与证明 · What ASVS 5.0.0 asks, and what proves it

由 `setup/asvs.toml` 生成。共 {force} 条在用并有证明，{open} 条在用而尚无证明；“运营方”一栏有点的，还要照 [security.md](security.md) 做。条目原文见 OWASP ASVS 5.0.0。
Made from `setup/asvs.toml`: {force} ids in force and proved, {open} in force and open. Where the operator's column has a dot, the operator has a part in it.

| 编号 · id | 内容 · what | 证明 · proof | 运营方 · operator |
|---|---|---|:-:|
"""
OPEN = """
### 在用而尚无证明 · In force and open

| 编号 · id | 内容 · what | 差什么 · what is missing |
|---|---|---|
"""
REST = """
### 不适用 · Not applicable

{absent}

### 三级里有意不取 · Of level 3, not taken

{declined}

### 打开 OIDC 登录才适用 · Only with sign-in by OIDC

| 编号 · id | 内容 · what | 证明 · proof | 运营方 · operator |
|---|---|---|:-:|
"""


def read(folder: Path) -> Mapping[str, Any]:
    return tomllib.loads((folder / "setup/asvs.toml").read_text(encoding="utf-8"))


def order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def slug(heading: str) -> str:
    """What a page calls the place of a heading: small, its signs left out, dashes for blanks."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def heading(folder: Path, page: str, begins: str) -> str:
    """The heading of a page that begins with these words; empty for none."""
    found = re.findall(r"^#+ (.+)$", (folder / page).read_text(encoding="utf-8"), re.MULTILINE)
    return next((one for one in found if one == begins or one.startswith(f"{begins} · ")), "")


def written(folder: Path) -> str:
    """The second part of the page; nothing where no table is kept."""
    if not (folder / "setup/asvs.toml").exists():
        return ""
    told = read(folder)
    force, unproved = told["in_force"], told["open"]
    rows = "".join(_row(folder, one, force[one]) for one in sorted(force, key=order))
    lacks = "".join(
        f"| {one} | {_both(unproved[one]['says'])} | {unproved[one]['why']} |\n" for one in sorted(unproved, key=order)
    )
    rest = REST.format(absent=_list(told["absent"]), declined=_list(told["declined"]))
    by_provider = "".join(_row(folder, one, told["oidc"][one]) for one in sorted(told["oidc"], key=order))
    return HEAD.format(force=len(force), open=len(unproved)) + rows + OPEN + lacks + rest + by_provider


def _row(folder: Path, number: str, one: Mapping[str, Any]) -> str:
    proofs = "<br>".join(_link(folder, proof) for proof in one["proof"])
    return f"| {number} | {_both(one['says'])} | {proofs} | {'●' if one.get('operator') else ''} |\n"


def _link(folder: Path, proof: str) -> str:
    """A test by its name, a section by its heading, each with the way to it from docs/."""
    page, _, begins = proof.partition("#")
    if begins:
        place = page.removeprefix("docs/") if page.startswith("docs/") else f"../{page}"
        return f"[{begins}]({place}#{slug(heading(folder, page, begins))})"
    file, _, name = proof.partition("::")
    return f"[{name.removeprefix('test_') or file}](../{file})"


def _list(reasons: Mapping[str, str]) -> str:
    return "\n".join(f"- {one}：{_both(reasons[one])}" for one in sorted(reasons, key=order))


def _both(says: str) -> str:
    return says.replace(" | ", " · ")
