"""The files with secrets (密钥清单, C-45): where they lie, that their owner alone reads them, that none is short or a word of a manual."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from financing.settings import Settings
from financing.sign_refusals import SecretOpen, SecretWeak

#: Sixteen random bytes are the least that any of them holds, as hex.
LEAST = 32
HEX = re.compile(r"(?:[a-z]+-[a-z]+:)?([0-9a-f]+)")
#: Bits by which a group or the world reads or writes.
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Secret:
    """One file: what it is for, and how it is readable (octal; empty where it was not made yet)."""

    path: Path
    says: str

    @property
    def mode(self) -> str:
        return f"{stat.S_IMODE(self.path.stat().st_mode):04o}" if self.path.exists() else ""


def inventory(settings: Settings) -> tuple[Secret, ...]:
    """Every file with a secret of this installation; docs/operate.md says what losing each one means."""
    return (
        Secret(settings.data_dir / "secret.key", "表单防伪和退订链接 | form tokens and links to stop notices"),
        Secret(settings.key_file, "密封字段和检索标记 | sealed fields and marks"),
        Secret(settings.checkpoint_key, "检查点签名 | signatures of checkpoints"),
        Secret(settings.backup_key_file, "备份加密 | backups"),
    )


def require_safe(settings: Settings) -> None:
    """Nothing is served with a secret that others read, or that could be guessed: SecretOpen, SecretWeak."""
    for one in inventory(settings):
        if not one.path.exists():
            continue  # made at first use, by `write_first`
        if int(one.mode, 8) & OTHERS:
            raise SecretOpen(path=str(one.path), mode=one.mode)
        lines = one.path.read_text(encoding="ascii", errors="replace").split()
        if not lines or any(_weak(line) for line in lines):
            raise SecretWeak(path=str(one.path))


def _weak(line: str) -> bool:
    """Too short, no random bytes, or the same few signs again and again as in examples."""
    found = HEX.fullmatch(line)
    return (
        found is None or len(found[1]) < LEAST or len({found[1][at : at + 2] for at in range(0, len(found[1]), 2)}) < 8
    )
