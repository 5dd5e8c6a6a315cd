"""Words of the platform's own health, in Chinese: what each alarm says and what to do about it."""

from __future__ import annotations

from financing.act_words import _

#: Alarm -> what it says, and what to do.
ALARMS: dict[str, tuple[str, str]] = {
    "disk_filling": (_("磁盘将满"), _("腾出空间，或换更大的磁盘。")),
    "disk_full": (_("磁盘快满"), _("立即腾出空间；来不及时先删数据目录下的 reserve 文件，下次启动会重建。")),
    "backup_old": (_("备份过期"), _("看运行日志里的 background.failed，并用 yuanrong backup 手工备份一次。")),
    "drill_old": (_("恢复演练过期"), _("执行 yuanrong drill，把最新备份恢复一遍。")),
    "drill_failed": (_("恢复演练失败"), _("执行 yuanrong drill，它会说明原因；备份损坏时立即再备份一次。")),
    "checkpoint_old": (_("日志未封存"), _("检查检查点文件夹是否可写、后台是否在运行。")),
    "checkpoint_not_outside": (_("检查点未送达"), _("检查检查点文件夹是否可写、是否还连着。")),
    "outbox_old": (_("待发事项积压"), _("检查后台（yuanrong worker）是否在运行。")),
    "outbox_failed": (_("有放弃的事项"), _("打开“通知投递”看原因，可以再发一次。")),
    "replica_away": (_("副本没有应答"), _("检查副本服务器；在它恢复之前，列表和统计由主库给出。")),
    "replica_behind": (_("副本落后"), _("检查副本的复制是否停住；在它赶上之前，列表和统计由主库给出。")),
}
