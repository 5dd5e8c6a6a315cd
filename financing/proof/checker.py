"""The check as one file (独立核对程序): its parts one after the other, for a machine that has Python and nothing of ours."""

from __future__ import annotations

import ast
import inspect

from financing import (
    audit_check,
    checkpoint_check,
    journal_check,
    kit_check,
    proof_check,
    signature_check,
    sm2_check,
    tree_check,
)

PARTS = (journal_check, tree_check, sm2_check, signature_check, checkpoint_check, proof_check, kit_check, audit_check)
HEAD = '''#!/usr/bin/env python3
"""园融通审计核对程序 · Yuanrongtong, the auditor's check.

用法 | usage: python check.py 审计包.zip | 日志.jsonl | 证明.json
只用 Python 标准库；有 cryptography 时用它核对签名，否则用本文件自带的算法。
The standard library alone; signatures are checked by cryptography where it is there, else by the code below.
"""

from __future__ import annotations
'''


def program() -> str:
    """Source that runs by itself: what its parts import of one another is left out, and each part's own way in."""
    return "\n\n".join([HEAD, *(_part(inspect.getsource(part)) for part in PARTS), ENTRY])


ENTRY = 'if __name__ == "__main__":\n    sys.exit(audit())\n'


def _part(source: str) -> str:
    lines = source.splitlines()
    left_out = {
        number
        for node in ast.parse(source).body
        if _ours(node)
        for number in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in left_out)


def _ours(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in {"financing", "__future__"}
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
