"""Words of imports and exports, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.imports.rules import Fate, ImportKind, ImportState

IMPORT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ImportKind: {
        ImportKind.FIRMS: _("企业名单"),
        ImportKind.NEEDS: _("融资需求（代填）"),
        ImportKind.PRODUCTS: _("银行产品"),
        ImportKind.REPAYMENTS: _("贷款还款"),
        ImportKind.CHARGES: _("涉企收费清单"),
        ImportKind.POLICIES: _("惠企政策条款"),
    },
    ImportState: {
        ImportState.QUEUED: _("排队中"),
        ImportState.CHECKING: _("试算中"),
        ImportState.WAITING: _("待确认"),
        ImportState.DONE: _("已导入"),
        ImportState.FAILED: _("未通过"),
        ImportState.STOPPED: _("已停止"),
    },
    Fate: {
        Fate.ADDED: _("新增"),
        Fate.CHANGED: _("修改"),
        Fate.SAME: _("不变"),
    },
}
IMPORT_CONSEQUENCES: dict[StrEnum, str] = {
    Act.BEGIN_IMPORT: _("先试算：逐行检查并与现有资料比较，不改动任何资料；看过结果后再由您确认。"),
    Act.CONFIRM_IMPORT: _("全部各行在同一步内写入，要么全部成功，要么全都不写；导入人、行数和文件指纹记入日志。"),
    Act.STOP_IMPORT: _("停止后没有任何资料改动；已比较的各行保留，可以继续。"),
    Act.RESUME_IMPORT: _("停止的接着上次的进度试算；待确认的从第一行起与现有资料重新比较。"),
}
IMPORT_SENTENCES: dict[str, str] = {
    "import_changed_since": _("试算之后平台上的资料又有改动，没有导入任何一行。请按“继续或重新试算”重新比较，再确认。"),
    "too_many_rows": _("一次最多 {most} 行，这里至少有 {found} 行。请分成几份，或加上筛选条件后再试。"),
    "import_nothing": _("文件中各行与平台上的资料完全相同，不需要导入。"),
}
