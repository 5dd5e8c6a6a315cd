"""Whole sentences, in Chinese: why the answer is no, what a button brings about, what comes next."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.needs.rules import NeedState
from financing.words import _

SENTENCES: dict[str, str] = {
    "refused": _("这一步暂时办不了，请稍后再试或联系经开区经办。"),
    "not_allowed": _("您的账号不能办理此事项；如确需办理，请联系本单位管理员或经开区经办。"),
    "not_found": _("没有找到您要的内容：可能地址有误，或它不对您开放。"),
    "not_signed_in": _("请先登录，登录后会回到这一页。"),
    "wrong_sign_in": _("账号或密码不对。请检查后重试；忘记密码请联系管理员重新邀请。"),
    "too_many_tries": _("尝试次数过多，请在 {minutes} 分钟后再试。"),
    "weak_password": _("密码不够安全：{reason}。请换一个更长、不常见的密码。"),
    "invitation_over": _("邀请码无效、已使用或已过期，请联系邀请您的人重新发送。"),
    "login_taken": _("这个登录名已有人使用，请换一个。"),
    "no_owner": _("这个角色必须属于一家单位，请填写“{field}”。"),
    "forged_form": _("这个表单已失效或不是从本站打开的，请返回原页面重新填写；您的资料没有改动。"),
    "form_reused": _("这个表单已经用不同的内容提交过一次，请重新打开页面再提交。"),
    "form_errors": _("有 {count} 处需要修改，改好后再提交；您填写的内容都还在。"),
    "wrong_state": _("此事项现在是“{state}”，不能“{act}”。请刷新页面查看最新进度。"),
    "changed": _("您打开页面之后，这份资料已被更新。请对照下表，保留需要的内容后重新保存。"),
    "busy": _("系统正忙，您的操作没有生效，请稍等几秒再按一次。"),
    "child_time": _("处理这份文件用时过长，已停止，没有留下任何改动。请减少内容后再试；仍不行请联系经开区经办。"),
    "child_memory": _(
        "处理这份文件需要的内存过多，已停止，没有留下任何改动。请减少内容后再试；仍不行请联系经开区经办。"
    ),
    "child_crash": _("这份文件无法处理，已停止，没有留下任何改动。请检查文件后再试；仍不行请联系经开区经办。"),
    "not_printed": _("这份文件没能打印出来，已停止。请稍后再试；仍不行请联系经开区经办，并告知时间。"),
    "too_large": _("提交的内容超过 {mib} MiB，请缩小后再试。"),
    "not_an_amount": _("“{given}”不是有效金额，请填写数字，例如 120.5。"),
    "not_a_rate": _("“{given}”不是有效利率，请填写百分数，例如 3.45。"),
    "not_a_code": _("统一社会信用代码“{given}”有误：{reason}。请对照营业执照填写 18 位代码。"),
    "code_mistyped": _("统一社会信用代码“{given}”{reason}。是否应为 {suggestion}？请对照营业执照核对后填写。"),
    "contradiction": _("“{field}”与“{other}”不可能同时成立，请核对后修改其中一项。"),
    "out_of_range": _("“{field}”应在 {least} 与 {most} 之间，请核对后重新填写。"),
    "too_little": _("“{field}”不能小于 {least}，请核对后重新填写。"),
    "not_a_fact": _("“{fact}”的内容“{given}”无法识别，请从给出的选项中选择或填写数字。"),
    "not_an_industry": _("没有行业代码“{given}”，请从国民经济行业分类（GB/T 4754-2017）中选择。"),
    "not_text": _("“{field}”含有看不见或不允许的字符，请重新输入。"),
    "incomplete": _("材料不齐，还缺：{papers}。请补充后再提交。"),
    "impossible": _("需求里有互相矛盾或不可能的内容：{fields}。请改正后再提交。"),
    "firm_known": _("统一社会信用代码为 {given} 的企业已登记。请联系本企业已有账号的同事，或联系经开区经办。"),
    "bank_known": _("“{given}”已登记，请直接在银行列表中打开。"),
    "checked_field": _("“{fields}”已由经开区对照营业执照确认。如有变更，请联系经开区经办更正。"),
    "firm_unconfirmed": _("企业登记还待经开区确认，确认后即可提交；您填写的内容已保存为草稿。"),
    "organ_as_guarantor": _("“{given}”是机关法人，不得为保证人（民法典第 683 条）。请填写具有独立法人资格的公司。"),
    "unlicensed_name": _(
        "未取得融资担保业务经营许可证的公司，名称中不得使用“融资担保”字样（国务院令第 683 号第 6 条）。"
    ),
    "not_a_paper": _("这不是可接收的文件。请上传 PDF、PNG、JPG 或不含宏的 .xlsx 文件。"),
    "unproved": _("填写“{fact}”须有证明材料。请先在“材料”中上传{papers}，再填写此项。"),
    "not_a_picture": _("这不是照片。请上传 JPG 或 PNG 文件。"),
    "store_full": _("材料库已满：每家企业最多 {most} {what}。请联系经开区经办清理后再上传。"),
    "paper_damaged": _("“{name}”与上传时的内容不一致，已停止提供。请联系系统管理员从备份恢复。"),
    "other_firms": _("工作簿里有 {count} 家企业，请只保留本企业的一行企业信息和发票后再上传。"),
    "no_facts": _("还没有可用于评分的数据，请先上传财务报表或发票明细。"),
    "card_unsound": _("评分表“{file}”的“{key}”有误：{wrong}。应当：{right}。改正文件后重新提交。"),
    "card_too_early": _(
        "评分表从 {since} 起生效，不能追溯到已经开始的一天。请把 from 改为 {least} 或以后的日期，重新提交草案。"
    ),
    "card_day_taken": _("已有另一份评分表从 {since} 起生效。请换一个生效日期，或先撤回那一份。"),
    "card_not_carried": _(
        "表决没有通过：须有至少 {least} 票，其中三分之二以上同意。请核对票数；没有通过的草案请不予采纳。"
    ),
    "card_in_force": _("评分表已从 {since} 起生效，不能撤回。请提交新的版本来替换它。"),
    "card_altered": _("评分表“{title}”（{since}）的文件与采纳时不一致，已停止使用。请联系系统管理员从备份恢复。"),
    "no_photos": _("还没有现场照片。请先在本页上传至少 {least} 张现场照片（JPG 或 PNG），再记录现场核查。"),
    "same_officer": _("{name} 已作为 A 角到场核查，B 角复核须由另一位经办完成。请换另一位经办登录后复核。"),
    "not_surveyed": _("A、B 角的尽职调查意见还不齐，不能上会。请先完成现场核查和复核。"),
    "conditions_owed": _("还有 {count} 项条件没有落实，不能出具担保：{says}。请先提交并核验证明材料。"),
    "own_proof": _("证明材料是您本人提交的，须由另一位经办核验。"),
    "not_eligible": _("不能立项，以下条件没有满足：{gates}。请按每项的要求补足后再立项。"),
    "eligible": _("这笔需求符合全部准入条件，不能不予立项。请立担保项目，由评审会决定。"),
    "limit_reached": _("超过“{scope}”：本次需要 {asked}，剩余 {free}。请减少金额或等待额度释放。"),
    "letter_open": _("这笔需求已有 {number} 号函件，不能再出具一份。如需更改，请先作废草稿或办理解保。"),
    "not_issuable": _("现在不能出具，以下条件没有满足：{grounds}。请按每项的要求补足后再办。"),
    "too_much": _("“{kind}”最多 {most}，填写的是 {asked}。请核对金额。"),
    "proposal_open": _("{number} 号担保还有一笔登记等待确认，请等它确认或不予确认之后再提出。"),
    "evidence_missing": _("这项登记须附“{paper}”，请上传后再提交。"),
    "no_guarantor": _("尚未设定担保人，请先在“担保人”页面登记担保公司的法律形式与净资产。"),
    "relation_known": _("这项关联关系已经登记并且还在有效期内；如有变化，请先终止原来的再登记。"),
    "to_itself": _("填写的统一社会信用代码就是这家企业自己，请填写另一方的代码。"),
    "no_duty": _("这个项目没有待报告的关联担保，或者已经报告过。"),
    "nothing_changed": _("填写的内容与现行条件完全相同，没有需要变更的；请修改后再提出。"),
    "change_open": _("同一事项的变更 {number} 还在等待决定，请等它采纳或不采纳之后再提出。"),
    "same_person": _("提出人不能决定自己提出的变更，请由另一位有权的人办理。"),
    "terms_moved": _("这项变更提出之后，现行条件已经改变，不能再采纳。请不采纳它，按现行条件重新提出。"),
    "no_quorum": _("到会表决人数不足：应到 {seats} 人，已表决 {cast} 人。可继续表决，或延期再议。"),
    "round_open": _(
        "首轮表决还没有结束：应到 {seats} 人，已表决 {cast} 人。请等全部到会委员表决，或由主任委员结束首轮。"
    ),
    "round_over": _("首轮表决已经结束，不能再次结束。请进行终轮表决。"),
    "not_entitled": _("您选的人不是本项目可以表决的委员，请从名单中重新选择。"),
    "own_tie": _("本人的回避请用“申报回避”，“指定回避”只用于其他委员。"),
    "still_voting": _("您列为到会的委员还没有表决：{names}。请等他们表决，或改为缺席后再结束首轮。"),
    "voted_not_named": _("已表决的委员没有列为到会：{names}。请勾选后再结束首轮。"),
    "score_older": _("评审材料在上次表决后有更改，现有评分早于这次更改。请先对需求重新评分，再列入议程。"),
    "not_small": _("金额 {line}，企业和关联方已有余额 {borne}，合计超过授权审批的上限 {most}，须由评审会表决。"),
    "committees_own": _("本项目已经提请过授权审批、上过评审会或属关联担保，须由评审会表决。"),
    "two_officers": _("授权审批须由两位经办分别作出：不能由提请人 {name} 或立项的经办决定。"),
    "too_late_to_call": _("提请上会的期限 {until} 已过，授权审批已经生效。"),
    "not_final": _("授权审批在 {until} 之前仍可由委员提请上会，期满后才能继续办理。"),
    "out_of_turn": _("议程上还有更早提交的项目 {first} 没有结果。请先审议它，或写明理由后提前审议本项目。"),
    "in_turn": _("按议程本项目就是下一个，不需要提前。"),
    "passed_over": _("有提交更早、可以上会的项目没有列入议程：{cases}。请列入，或写明未列入的理由。"),
    "too_late": _("日期 {given} 太晚，最迟只能到 {last}。"),
    "count_decides": _("表决结果已经形成，只能按票数封存，不能另作决定。"),
    "tied": _("您已申报回避，不能查看或表决本项目。"),
    "not_seated": _("您不是本次评审会的委员，不能办理此事项。"),
    "too_few_members": _("评审委员不足：至少需要 {least} 名在任委员。"),
    "one_chair": _("评审会须有且只有一名主任委员，您选了 {found} 名。请改正后再召集。"),
    "not_decided": _("还有项目没有结果：{cases}。请逐项封存或延期后再结束会议。"),
    "past_day": _("日期 {given} 已经过去，请选择今天或以后的日期。"),
    "no_match": _("没有银行产品符合这笔需求的条件：{reasons}。"),
    "nothing_to_assign": _("现在没有可以整批对接的需求：要么没有待对接的需求，要么没有银行产品符合其中任何一笔。"),
    "round_changed": _("您查看之后，需求、产品或银行的接单数有了变化，还没有提出任何对接。请看过新的对照再选。"),
    "no_consent": _("企业还没有授权任何银行查看，暂不能发送档案。"),
    "not_a_period": _("授权期限须在 1 至 {most} 天之间，请修改天数。"),
    "no_table": _("没有可排的洽谈：请先发送档案并选择参会银行。"),
    "beyond_need": _("报价超出范围：{field} 不能超过 {most}。"),
    "forbidden_condition": _(
        "报价含有不允许的条件：{condition}（七不准：不得以贷转存、存贷挂钩、借贷搭售）。请删除后再提交。"
    ),
    "offer_over": _("报价已过有效期（{until}），请联系银行重新报价。"),
    "database_in_use": _("数据库正被另一个进程使用（{path}）。请先停止正在运行的服务，再执行此命令。"),
    "database_away": _("连不上数据库（{where}）。请检查 YUANRONG_DATABASE_URL 和数据库服务，然后重试。"),
    "database_old": _("数据库结构是 {now}，程序需要 {newest}。请先执行 yuanrong migrate。"),
    "not_empty": _("目标数据库不是空的（{table} 里已有数据）。请换一个空的数据目录或数据库后再执行。"),
    "folder_taken": _("目录 {path} 里有其他文件，不会覆盖。请换一个空目录，或先移走其中的文件。"),
    "backup_damaged": _("备份文件已损坏或被改动（{part}），没有恢复任何数据。请换用另一份备份。"),
    "backup_of_other_version": _(
        "备份的数据库结构是 {found}，本程序是 {newest}。请用备份时的程序版本恢复，然后升级程序并执行 yuanrong migrate。"
    ),
    "chain_broken": _("日志链在第 {seq} 条处不完整：{why}。请立即联系审计。"),
    "not_a_workbook": _("这不是可读的工作簿（{found}）。请上传 .xlsx 文件，或以表名命名的 .csv 文件。"),
    "workbook_encrypted": _("工作簿设了密码，无法读取。请在 Excel 或 WPS 中取消密码，另存后再上传。"),
    "workbook_macro": _("工作簿含有宏，为安全起见不予接收。请另存为不含宏的 .xlsx 文件后再上传。"),
    "workbook_external": _(
        "工作簿引用了其他文件、数据连接或嵌入对象（{part}）。请断开链接、删除嵌入对象并粘贴为数值后再上传。"
    ),
    "looked_at": _("这条提示已有人记录结论，请刷新页面查看。"),
    "workbook_too_large": _("工作簿的{what}超过上限：最多 {most}，实际 {found}。请拆分或精简后再上传。"),
    "workbook_bomb": _("工作簿展开后异常庞大，不予接收。请把需要的数据复制到本平台的模板中再上传。"),
    "workbook_unreadable": _("工作簿已损坏或格式异常，无法读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"),
    "workbook_empty": _("工作簿没有数据，或必填的表是空的。请按模板填写后再上传。"),
    "sheet_missing": _("缺少“{needed}”表，现有：{found}。请按模板的表名填写后再上传。"),
    "column_missing": _("“{sheet}”表缺少“{column}”列，现有：{found}。请按模板的列名填写后再上传。"),
    "workbook_refused": _("工作簿有 {errors} 处错误，没有读入任何内容。请按下面的清单逐处改正后重新上传。"),
    "no_such_column": _("没有“{column}”列，现有：{found}。请核对列名后再试。"),
    "firm_column_missing": _(
        "两份表没有共同的企业列（{needed}），无法对应。评分表有：{scores}；结果表有：{outcomes}。请指明企业列后再试。"
    ),
    "firms_twice": _("“{column}”列有 {count} 家企业出现不止一次，例如 {found}。请每家企业只留一行后再试。"),
    "score_column_unclear": _("看不出哪一列是分数，可能的列：{found}。请指明分数列后再试。"),
    "outcome_unclear": _("“{column}”列有无法识别的结果：{found}。请写成 是/否、1/0 或 违约/正常 后再试。"),
    "nobody_joined": _(
        "没有一家企业同时有分数和结果（按 {key} 对应）。评分表例如 {scores}；结果表例如 {outcomes}。请核对企业代号后再试。"
    ),
    "sign_contrary": _("“{fact}”登记的方向是 {way}，不能另指。请去掉这一项后再试。"),
    "one_kind_only": _("{firms} 家企业中违约 {bad} 家，两种结果都要有才能检验。请补充结果后再试。"),
}

#: What an act with consequences brings about, said before the button.
CONSEQUENCES: dict[StrEnum, str] = {
    Act.SUBMIT_NEED: _("提交后经开区经办即可看到，5 个工作日的受理时限从今天起算；受理前可以撤回。"),
    Act.WITHDRAW_NEED: _("撤回后本次办理终止，已授权的银行不再能查看；以后可以重新提交。"),
    Act.ACCEPT_NEED: _("受理后由您负责办理，企业会看到您的姓名和时限。"),
    Act.RETURN_NEED: _("企业会看到退回原因，补正后重新提交，时限重新起算。"),
    Act.ASSESS_NEED: _("按现行评分表和已有数据评分，结果封存并向企业公开每一项得分。"),
    Act.LOOK_AT_FLAG: _(
        "您的结论和姓名会与提示一起显示给评审委员会和审计，写下后不能更改；评分不因此变动，企业看不到提示。"
    ),
    Act.REFUSE_NEED: _("本次办结：企业当天会看到没有达到的准入条件和改进办法；以后可以重新提交。"),
    Act.DRAFT_CARD: _(
        "检查文件并保存为草案；草案只有经办、评审委员和审计能看到，不影响任何评分。草案不能修改，改动请另交一份。"
    ),
    Act.PROPOSE_CARD: _(
        "用全区企业最近一次评分的数据回放，结果与草案一起封存并写入日志；须由另一位评审委员采纳，您本人不能采纳。"
    ),
    Act.DROP_CARD: _("这份草案到此为止，保留在记录中，不能再采纳。"),
    Act.ADOPT_CARD: _(
        "从生效日期起提交的需求都按这份评分表评分，此前提交的仍按原评分表；采纳后不能修改，只能在生效前由两人撤回。"
    ),
    Act.RECALL_CARD: _("须由另一位评审委员在生效日期之前确认才撤回；没有确认则照常生效。"),
    Act.WITHDRAW_CARD: _("撤回后这份评分表不再生效，现行评分表继续适用；不能恢复。"),
    Act.RECORD_SURVEY: _("记录后不再更改；与档案不同的事实随即记入企业事实，另一位经办会收到复核通知。"),
    Act.REVIEW_SURVEY: _("您的意见独立记录，可以与 A 角不同；提交后双方意见都不再更改，并进入项目材料。"),
    Act.SHOW_PROOF: _("提交后由另一位经办核验；核验前可以重新提交。"),
    Act.ACCEPT_PROOF: _("确认后本项条件即为落实，不再更改，企业会收到通知。"),
    Act.TURN_DOWN_PROOF: _("企业会看到您写的原因，并可重新提交。"),
    Act.OPEN_CASE: _("检查全部准入条件后立项；立项不等于同意担保。"),
    Act.TABLE_CASE: _("上会后委员可以查看材料，材料不再更改。"),
    Act.JUMP_CASE: _("本项目先于更早提交的项目审议；理由、您的姓名和被越过的项目列在会议页面和记录里，不能撤销。"),
    Act.DELEGATE_CASE: _(
        "由另一位经办决定：同意则授权审批，不同意则转评审会；企业不会因此被拒绝。一个项目只能提请一次。"
    ),
    Act.DECIDE_SMALL: _(
        "重新检查全部准入条件并占用额度；评审委随即收到通知，两个工作日内任何委员可以提请上会，期满才生效。"
    ),
    Act.REFER_CASE: _("项目留待评审会表决，不能再提请授权审批。"),
    Act.CALL_IN: _("授权审批随即失效，占用的额度释放，项目由评审会表决；理由和您的姓名写入记录，不能撤销。"),
    Act.DECLARE_TIE: _("申报后您立即不能查看和表决本项目，已投的票作废并记入纪要，不能撤销。"),
    Act.IMPOSE_TIE: _(
        "该委员立即不能查看和表决本项目，已投的票作废；理由和您的姓名写入纪要，不能撤销。首轮结束后不能再指定。"
    ),
    Act.CAST_VOTE: _(
        "首轮互不可见；到会委员都表决后公开首轮理由，讨论后进行终轮，只有终轮计票。首轮意见一致时，首轮票即记为终轮票。封存前可以改票。"
    ),
    Act.CLOSE_ROUND: _("首轮票和理由随即对在座委员公开，首轮不能再改；缺席的委员仍可参加终轮。到会名单写入纪要。"),
    Act.SEAL_CASE: _("按票数封存，任何人不能再更改；同意的金额随即占用担保额度。"),
    Act.DEFER_CASE: _(
        "到会人数不足时延期，已投的票保留在记录中，再次上会时重新表决。企业会看到再次上会的最迟日期；理由写入记录。"
    ),
    Act.CHOOSE_ROUND: _(
        "所选方案中的每一对随即提出，企业会看到银行和理由，由企业逐家决定是否授权；两种方案、您的选择、理由和姓名一起封存，不能更改。"
    ),
    Act.GRANT_CONSENT: _("只有这一家银行能在有效期内查看您选择的内容；每次查看都有记录，您可以随时撤回。"),
    Act.WITHDRAW_CONSENT: _("撤回立即生效，该银行下一次打开时就看不到；已下载的文件无法收回，但有水印和记录。"),
    Act.SEND_DOSSIER: _("档案内容就此封存；已授权的银行即可查看，30 天答复时限从今天起算。"),
    Act.MAKE_OFFER: _("报价在有效期内对银行有约束力，企业会看到全部成本；报价后不能增加条件。"),
    Act.DECLINE_NEED: _("企业当天会看到原因、依据和改进办法；不能撤销。"),
    Act.ACCEPT_OFFER: _("接受后其他银行会收到未选定的通知，其他报价关闭。"),
    Act.PREPARE_LETTER: _("函件按现在的条件拟好，交由另一位有权签发的人核对后签发；签发前不生效。"),
    Act.DROP_LETTER: _("草稿作废并留存编号，可以重新拟函。"),
    Act.ISSUE_LETTER: _("签发后函件立即生效，占用额度，企业和银行可以下载；不能撤回，只能由银行确认后解保。"),
    Act.RECORD_REPAYMENT: _("在保余额和占用的额度随即减少；登记后不能更改。"),
    Act.RELEASE_LETTER: _("解保后担保人不再承担责任，额度全部释放，函件自今日起失效；不能撤销。"),
    Act.PROPOSE_ENTRY: _("提出后由另一位有权的人确认才入账。"),
    Act.CONFIRM_ENTRY: _("确认后记入台账，不能更改；企业和银行会收到通知。"),
    Act.TURN_DOWN_ENTRY: _("不予确认的登记不入账，理由留存在记录中。"),
    Act.OPEN_SESSION: _("开始后排定的场次不再更改。"),
    Act.CLOSE_SESSION: _("结束后不能再更改场次，承诺进入跟踪。"),
    Act.DISABLE_USER: _("停用立即生效，该账号的所有登录随即退出。"),
    Act.CONFIRM_FIRM: _("确认后企业可以提交需求。"),
    Act.CALL_MEETING: _("召集后委员会收到通知；名单确定后按应到人数计算法定人数。"),
    Act.OPEN_MEETING: _(
        "开始后议程不再增加，委员可以表决；结果按议程顺序封存。提交更早而没有列入的项目连同理由列在会议页面。"
    ),
    Act.RECORD_FACTS: _("记录的内容立即用于下一次评分，企业能看到每一项的来源和日期。"),
    Act.ADD_RELATION: _("登记后立即重新计算关联方；有余额的企业连同余额并入关联方额度，超出的部分只减不增。"),
    Act.END_RELATION: _("终止后记录保留，立即重新计算关联方和额度。"),
    Act.REPORT_CASE: _("上传报告监管部门的证明后，这项义务办结并记入日志。"),
    Act.PROPOSE_TERMS: _("提出后现行条件不变；评审委主任会收到通知，由其采纳或不采纳，您不能自己决定。"),
    Act.PROPOSE_LIMIT: _("提出后现行限额不变；评审委主任会收到通知，由其采纳或不采纳，您不能自己决定。"),
    Act.ADOPT_TERMS: _("采纳立即生效：新的上限马上用于每一个决定。已作的承诺不受影响，超出的部分只减不增。"),
    Act.TURN_DOWN_TERMS: _("不采纳则现行条件不变，提出人会收到通知和原因；决定后不能更改。"),
    Act.CLOSE_MEETING: _("每个项目都有结果后才能结束，结束后不能再开。"),
}

#: What happens next with a need, for the firm, by its state.
NEXT: dict[StrEnum, str] = {
    NeedState.DRAFT: _("填写完整后提交；提交前只有本企业能看到。"),
    NeedState.SUBMITTED: _("等待经开区经办受理；受理前可以撤回。"),
    NeedState.RETURNED: _("请按退回原因补正后重新提交，时限重新起算。"),
    NeedState.ACCEPTED: _("经办正在按现行评分表评分，结果会逐项公开给您。"),
    NeedState.SCORED: _("经办检查准入条件后提交担保评审。"),
    NeedState.INELIGIBLE: _("这笔需求没有达到下列准入条件，本次办结。评分页列出了可以改进的项目，改进后可重新提交。"),
    NeedState.COMMITTEE: _("担保评审委员会将开会表决，结果当天可见。"),
    NeedState.APPROVED: _("经办将提出合适的银行，由您逐家授权后才会发送档案。"),
    NeedState.CONDITIONAL: _("请落实评审条件；经办将提出合适的银行，由您逐家授权。"),
    NeedState.REJECTED: _("本次不予担保。评分页列出了可以改进的项目，改进后可重新提交需求。"),
    NeedState.LISTED: _("银行正在阅读档案；请留意银行的问题和报价。"),
    NeedState.OFFERED: _("请比较各家报价的综合成本，接受其中一家。"),
    NeedState.SETTLED: _("请与所选银行签订合同并办理放款。"),
    NeedState.WITHDRAWN: _("本需求已撤回；如仍需融资，请新建需求。"),
}
