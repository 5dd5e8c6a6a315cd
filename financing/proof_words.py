"""Words of checkpoints, proofs, backups and what a restore lost, in Chinese: refusals, figures."""

from __future__ import annotations

from financing.act_words import _

PROOF_SENTENCES: dict[str, str] = {
    "history_differs": _(
        "数据库的日志与第 {number} 号检查点（至第 {seq} 条）不符。请保留现场，用 yuanrong journal verify 找出第一处不同，并立即联系审计。"
    ),
    "lines_missing": _(
        "数据库比最近的检查点旧，缺日志第 {first} 至 {last} 条，共 {count} 条。请恢复更新的备份；确实没有时，用 yuanrong serve --reconcile 启动，缺失会记入日志。"
    ),
    "checkpoint_doubted": _("检查点文件有误：{why}。请与审计保管的一份对照，恢复正确的文件后再启动。"),
    "not_sealed_yet": _("第 {seq} 条日志还没有检查点（现到第 {reached} 条）。请先执行 yuanrong journal checkpoint。"),
    "wrong_lock": _(
        "这份备份已加密，用给出的密钥或口令打不开。密钥文件用 --key 指明（备份时所用的 backup.key），口令用 --passphrase；都对而仍打不开，说明文件已损坏，请换用另一份备份。"
    ),
    "no_backup": _(
        "备份文件夹里还没有每日备份，无从演练。请设置 YUANRONG_BACKUPS，等服务做出第一份，或用 yuanrong drill 文件 指明一份。"
    ),
    "not_clean": _(
        "演练所用的数据库不是空库，没有动它。请把 YUANRONG_DRILL_DATABASE 指向专用的空库，不要指向任何园区的数据库。"
    ),
    "totals_differ": _(
        "恢复后的 {table} 与备份时记下的行数或金额合计不符。请保留这份备份，用前一日的再演练一次，并立即联系审计。"
    ),
    "nothing_lost": _("数据库与检查点一致，没有缺失，请去掉 --reconcile 启动。"),
}

PROOF_FIGURES: dict[str, str] = {
    "checkpoint_minutes": _("日志检查点的最长间隔"),
    "checkpoint_lines": _("日志检查点的最多条数"),
    "drill_days": _("恢复演练的间隔"),
    "drill_red_days": _("恢复演练的最长间隔"),
    "backups_daily": _("保留的每日备份"),
    "backups_monthly": _("保留的每月备份"),
    "backups_yearly": _("保留的每年备份"),
}
