"""What to say at a field that is not right: what is wrong and what to type instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from financing import wording
from financing.words import _

COMPLAINTS: Mapping[str, str] = {
    "missing": _("请填写此项。"),
    "string_too_long": _("太长了，最多 {max_length} 个字。"),
    "string_too_short": _("请填写此项。"),
    "enum": _("请从列出的选项中选择。"),
    "literal_error": _("请从列出的选项中选择。"),
    "int_parsing": _("请填写整数，例如 12。"),
    "int_from_float": _("请填写整数，例如 12。"),
    "int_parsing_size": _("这个数太大了。"),
    "greater_than_equal": _("不能小于 {ge}。"),
    "less_than_equal": _("不能大于 {le}。"),
    "greater_than": _("必须大于 {gt}。"),
    "less_than": _("必须小于 {lt}。"),
    "day": _("请填写日期，例如 2026-11-23。"),
    "phone": _("请填写电话号码，例如 0755-2345 6789。"),
    "bool_parsing": _("请勾选或不勾选此项。"),
    "extra_forbidden": _("表单里有本页没有的内容，请刷新页面后重新填写。"),
    "too_short": _("请至少选择 {min_length} 项。"),
    "too_long": _("最多选择 {max_length} 项。"),
    "is_instance_of": _("请选择要上传的文件。"),
}
OTHERWISE = _("请检查此项。")


def complaint(error: Mapping[str, Any], lang: str) -> str:
    """One error of pydantic as a sentence; a refusal of the domain speaks for itself."""
    facts = error.get("ctx", {})
    if error["type"] == "refusal":
        return wording.sentence(facts["refusal"], lang)
    return wording.translate(lang)(COMPLAINTS.get(error["type"], OTHERWISE)).format(**facts)
