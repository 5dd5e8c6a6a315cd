"""Whole sentences, in Chinese: why the answer is no; what a button brings about stands in consequences.py."""

from __future__ import annotations

from financing.after_words import AFTER_SENTENCES
from financing.bridge_words import BRIDGE_SENTENCES
from financing.clock_words import CLOCK_SENTENCES
from financing.compensation_words import COMPENSATION_SENTENCES
from financing.conduct_words import CONDUCT_SENTENCES
from financing.form_words import FORM_SENTENCES
from financing.help_words import HELP_SENTENCES
from financing.import_words import IMPORT_SENTENCES
from financing.loan_words import LOAN_SENTENCES
from financing.notice_words import NOTICE_SENTENCES
from financing.office_words import OFFICE_SENTENCES
from financing.proof_words import PROOF_SENTENCES
from financing.recovery_words import RECOVERY_SENTENCES
from financing.reserve_words import RESERVE_SENTENCES
from financing.session_words import SESSION_SENTENCES
from financing.setting_words import SETTING_SENTENCES
from financing.sign_words import SIGN_SENTENCES
from financing.words import _

SENTENCES: dict[str, str] = {
    **SIGN_SENTENCES,
    **OFFICE_SENTENCES,
    **PROOF_SENTENCES,
    **LOAN_SENTENCES,
    **CONDUCT_SENTENCES,
    **RESERVE_SENTENCES,
    **FORM_SENTENCES,
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
    "store_away": _("数据库暂时没有应答，您的操作没有生效，请过一分钟再按一次；如仍不行，请告诉管理员。"),
    "disk_full": _("服务器的磁盘已满，您的操作没有生效，已有的内容仍可查看。请告诉管理员腾出空间，然后再按一次。"),
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
    "bank_known": _("“{given}”已登记，请直接在银行列表中打开。"),
    "off_the_shelf": _("这个产品已经下架，请刷新页面查看现在的货架。"),
    "beyond_right": _("报价超过您的报价权限 {most}。请在档案页面请本行负责人放行后再报价，或降低金额。"),
    "no_right": _("本行还没有授予您报价权限。请本行管理员在“报价权限”中授予，或请本行负责人放行这笔需求。"),
    "not_the_head": _("只有本行负责人能够放行，金额也不能超过负责人自己的权限。"),
    "release_asked": _("{who} 已于 {on} 请本行负责人放行这笔需求，请等待答复，不必再次请求。"),
    "within_right": _("这笔需求没有超过您的报价权限，可以直接报价，不必请求放行。"),
    "no_head": _("本行没有能够放行 {most} 的负责人。请本行管理员在“报价权限”中设定负责人和权限，或降低金额报价。"),
    "asked_already": _("贵行已经为这笔需求征求过授权，请等企业决定。"),
    "not_an_officer": _("报价权限只能授予本行在用的客户经理账号。"),
    "checked_field": _("“{fields}”已由经开区对照营业执照确认。如有变更，请联系经开区经办更正。"),
    "firm_unconfirmed": _("企业登记还没有确认。请先在企业页面对照营业执照确认，再受理这笔需求。"),
    "organ_as_guarantor": _("“{given}”是机关法人，不得为保证人（民法典第 683 条）。请填写具有独立法人资格的公司。"),
    "unlicensed_name": _(
        "未取得融资担保业务经营许可证的公司，名称中不得使用“融资担保”字样（国务院令第 683 号第 6 条）。"
    ),
    "not_a_paper": _("这不是可接收的文件。请上传 PDF、PNG、JPG 或不含宏的 .xlsx 文件。"),
    "unproved": _("填写“{fact}”须有证明材料。请先在“材料”中上传{papers}，再填写此项。"),
    "file_infected": _("这个文件没有通过病毒扫描，没有接收。请用杀毒软件检查您的电脑，重新生成文件后再上传。"),
    "scanner_away": _("病毒扫描暂时不可用，文件没有接收。请稍后再上传；如仍不行，请联系管理员。"),
    "not_a_picture": _("这不是照片。请上传 JPG 或 PNG 文件。"),
    "picture_broken": _("这张图片打不开：文件不完整，或不是真正的照片。请重新拍摄，或用看图软件另存后再上传。"),
    "picture_too_large": _("图片超过 {most} 百万像素。请把拍照分辨率调低，或缩小后再上传。"),
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
    "nothing_to_write": _("现在还没有可以写成函件的内容：决议封存后才有意向函或告知函，会议结束后才有评审纪要。"),
    "letter_open": _("这笔需求已有 {number} 号函件，不能再出具一份。如需更改，请先作废草稿或办理解保。"),
    "not_issuable": _("现在不能出具，以下条件没有满足：{grounds}。请按每项的要求补足后再办。"),
    "too_much": _("“{kind}”最多 {most}，填写的是 {asked}。请核对金额。"),
    "proposal_open": _("{number} 号担保还有一笔登记等待确认，请等它确认或不予确认之后再提出。"),
    "evidence_missing": _("这项登记须附“{paper}”，请上传后再提交。"),
    "figures_open": _("{month} 的填报还在等待复核，请等复核或退回之后再填。"),
    "figures_wrong": _("这些数不可能：{lines}。不能为负，部分不能大于整体；请核对后再提交。"),
    "no_guarantor": _("尚未设定担保人，请先在“担保人”页面登记担保公司的法律形式与净资产。"),
    "relation_known": _("这项关联关系已经登记并且还在有效期内；如有变化，请先终止原来的再登记。"),
    "to_itself": _("填写的统一社会信用代码就是这家企业自己，请填写另一方的代码。"),
    "no_duty": _("这个项目没有待报告的关联担保，或者已经报告过。"),
    "key_unknown": _("接口密钥无效、已到期或已停用。请联系本行管理员核对或另设一把。"),
    "scope_missing": _("这把密钥没有“{scope}”的范围。请本行管理员另设一把包含该范围的密钥。"),
    "key_taken": _("这把密钥已经领取过，或者已到期、已停用，不能再显示。请本行管理员另设一把。"),
    "once_missing": _(
        "请在请求头 Idempotency-Key 中给出 16 至 80 个字母、数字、“-”或“_”，每件事一个，重发时用同一个。"
    ),
    "once_reused": _("这个 Idempotency-Key 已用于另一个请求正文，没有办理。请为这件事换一个新的 Idempotency-Key。"),
    "bad_cursor": _("cursor 无效：请原样使用上一页答复中的 next，或不带 cursor 从头读起。"),
    "not_json": _(
        "请求正文须为一个 UTF-8 编码的 JSON 对象，同一名称只能出现一次。请改正后用新的 Idempotency-Key 重发。"
    ),
    "nothing_changed": _("填写的内容与现行条件完全相同，没有需要变更的；请修改后再提出。"),
    "change_open": _("同一事项的变更 {number} 还在等待决定，请等它采纳或不采纳之后再提出。"),
    "same_person": _("提出人不能决定自己提出的变更，请由另一位有权的人办理。"),
    "terms_moved": _("这项变更提出之后，现行条件已经改变，不能再采纳。请不采纳它，按现行条件重新提出。"),
    "no_price": _(
        "担保费率表（{since} 起施行）没有等级 {grade} 这一行，不能计算责任比例和担保费。请先由担保人公布含该等级的费率表。"
    ),
    "shares_do_not_add": _("各方分担比例合计 {total}，与 100% 相差 {gap}。请改正后再提出，差额一分也不能留。"),
    "other_unnamed": _("其他方的名称和比例须同时填写；没有其他方的，两项都留空。"),
    "above_security_cap": _(
        "超过等级 {grade} 的反担保上限：最多可要求 {kinds}，押品合计价值不超过 {most}。请减少要求；上限已公开，企业申请前就能看到。"
    ),
    "security_fixed": _("项目 {number} 已列入议程或已有结果，反担保要求不能再增加或改为不要求；已要求的可以免除。"),
    "security_stands": _("反担保清单上已有相反的记录：要么逐项要求，要么写明不要求。请先免除已要求的各项。"),
    "guarantee_stands": _(
        "项目 {number} 的额度还没有全部释放，或代偿款还没有追回，不能解除反担保。请先办理解保和追偿。"
    ),
    "not_registrable": _("“{kind}”不办理登记，没有登记编号。收到合同即生效。"),
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
    "tied": _("您与本项目有关联，须回避，不能查看、表决或决定本项目。"),
    "not_declared": _(
        "您还没有申报 {year} 年度的利益，申报后才能表决或决定。请在“利益申报”页面填写；没有可申报的，勾选“没有”即可。"
    ),
    "not_a_line": _("“{given}”看不懂。请一家单位一行，各项之间用逗号隔开；持股须写百分比，代码须为 18 位。"),
    "nothing_stated": _("请至少填写一项，或勾选“没有需要申报的利益”，两者只能选其一；补充申报须写明新增的内容。"),
    "expert_known": _("这个账号已经在专家名册中。"),
    "no_experts": _("召集会议时名册中没有外部专家，不需要抽签。"),
    "not_drawn": _("召集会议时名册中有外部专家，请先抽取专家，再开始会议。"),
    "drawn_already": _("本次会议已经抽过签，不能重抽。抽中的专家不能到会的，请选中该专家并写明原因，由下一位递补。"),
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
    "nobody_missing": _("所选单位不在这场对接会，或轮次不对。请重新选择。"),
    "seats_changed": _("您查看之后，场次或授权有了变化，还没有改动任何洽谈。请看过新的安排再确认。"),
    **SESSION_SENTENCES,
    **IMPORT_SENTENCES,
    **NOTICE_SENTENCES,
    **SETTING_SENTENCES,
    **CLOCK_SENTENCES,
    **COMPENSATION_SENTENCES,
    **RECOVERY_SENTENCES,
    **BRIDGE_SENTENCES,
    "no_table": _("没有可排的洽谈：请先发送档案并选择参会银行。"),
    "beyond_need": _("报价超出范围：{field} 不能超过 {most}。"),
    "forbidden_item": _("不能向企业收取这一项：{says}（{source}）。请删去，或改由银行承担。"),
    "offers_closed": _("报价截止时间（{until}）已到，报价不能再提交或修改；即将统一开启，请稍后查看。"),
    "claim_taken": _("另一家银行已认领这笔需求，至 {until} 为止；到期没有答复即恢复待领。您仍可直接报价或婉拒。"),
    "claimed_once": _("贵行已认领过这笔需求，不能再次认领；仍可直接报价或婉拒。"),
    "nothing_to_pass_on": _("还没有银行婉拒、逾期或被撤回，暂不能由企业转送；请等待经开区经办发送档案。"),
    "not_chosen": _("企业没有选定这份报价，不能报告放款。"),
    "not_yet_paid": _("放款日 {given} 还没有到，请在放款之后报告。"),
    "more_than_offered": _("累计放款不能超过企业接受的报价，最多还能放款 {most}。"),
    "not_in_dossier": _("婉拒须依据档案里的一项内容，请从列表中选择。"),
    "rate_missing": _("请填写{field}，才能核算利率。"),
    "payee_missing": _("有金额的费用须写明收款方（{field}）。"),
    "not_contestable": _("这项决定已过复议期限、已申请过复议，或所选内容不是它的依据。请刷新页面，从列表中重新选择。"),
    "already_on_file": _("“{item}”企业已经提供，材料库里有，日期 {on}，不能再要求企业提供。请在本页“已在库”中查看。"),
    "asked_still": _("贵行已请企业补充“{item}”，企业应在 {until} 前答复，请等待。"),
    "note_missing": _("企业刚答复过“{item}”。再次要求会标记并计数，请写明这份答复哪里不合用。"),
    "figure_missing": _("请填写“{item}”的数值；没有的填 0。"),
    "ask_over": _("这家银行已答复，或已不能查看您的档案，不用再向它补充。"),
    "other_paper": _("请提供“{item}”这一种材料；其他种类的材料不算答复。"),
    "old_paper": _("这份材料是 {on} 上传的，已超过 {days} 天，请上传新的一份。"),
    "offer_over": _("报价已过有效期（{until}），请联系银行重新报价。"),
    "database_in_use": _("数据库正被另一个进程使用（{path}）。请先停止正在运行的服务，再执行此命令。"),
    "database_away": _("连不上数据库（{where}）。请检查 YUANRONG_DATABASE_URL 和数据库服务，然后重试。"),
    "database_damaged": _(
        "数据库已损坏，或者不是数据库（{where}），没有启动。请保留这个文件，用 yuanrong restore 从最近的备份恢复到新的位置。"
    ),
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
    **AFTER_SENTENCES,
    **HELP_SENTENCES,
}
