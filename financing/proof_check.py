"""A proof of one line of the journal, checked with the standard library alone: {"body", "path", "record", "public"}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from financing.checkpoint_check import Doubted, checked, code, digest, hashed_by
from financing.journal_check import leaf
from financing.tree_check import climbed


def proved(proof: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The line and the checkpoint it lies under; Doubted when one of them is not what was signed."""
    try:
        body, beside = dict(proof["body"]), [bytes.fromhex(one) for one in proof["path"]]
        keys = {str(number): bytes.fromhex(key) for number, key in proof["public"].items()}
        said = checked(int(proof["record"]["checkpoint"]["number"]), json.dumps(proof["record"]), keys)
        if type(body["seq"]) is not int or not 1 <= body["seq"] <= said["seq"]:
            raise ValueError("编号不在检查点之内 | the number lies outside of the checkpoint")  # noqa: TRY301  one answer for every fault
        top = climbed(leaf(body), body["seq"] - 1, said["seq"], beside, hashed_by(said))
    except Doubted:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Doubted(0, f"不是有效的证明 | not a proof: {fault}") from None
    if top.hex() != said["all"]:
        raise Doubted(said["number"], "这条日志不在检查点之下 | the line does not lead to the checkpoint")
    return body, said


def told(body: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """What was proved, in both languages."""
    return (
        f"第 {body['seq']} 条（{body['act']}，{body['at']}）在检查点 {said['number']}（至第 {said['seq']} 条，{said['at']}）之下"
        f" | record {body['seq']} lies under checkpoint {said['number']}; {code(digest(said))}"
    )
