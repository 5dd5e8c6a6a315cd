"""What a button brings about, said before it is pressed, and what comes next for a firm, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.after_words import AFTER_CONSEQUENCES
from financing.bridge_words import BRIDGE_CONSEQUENCES
from financing.clock_words import CLOCK_CONSEQUENCES
from financing.compensation_words import COMPENSATION_CONSEQUENCES
from financing.conduct_words import CONDUCT_CONSEQUENCES
from financing.help_words import HELP_CONSEQUENCES
from financing.import_words import IMPORT_CONSEQUENCES
from financing.loan_words import LOAN_CONSEQUENCES
from financing.needs.rules import NeedState
from financing.notice_words import NOTICE_CONSEQUENCES
from financing.office_words import OFFICE_CONSEQUENCES
from financing.recovery_words import RECOVERY_CONSEQUENCES
from financing.reserve_words import RESERVE_CONSEQUENCES
from financing.session_words import SESSION_CONSEQUENCES
from financing.setting_words import SETTING_CONSEQUENCES
from financing.sign_words import SIGN_CONSEQUENCES
from financing.words import _

#: What an act with consequences brings about, said before the button.
CONSEQUENCES: dict[StrEnum, str] = {
    **SESSION_CONSEQUENCES,
    **SIGN_CONSEQUENCES,
    **IMPORT_CONSEQUENCES,
    **NOTICE_CONSEQUENCES,
    **SETTING_CONSEQUENCES,
    **CLOCK_CONSEQUENCES,
    **COMPENSATION_CONSEQUENCES,
    **RECOVERY_CONSEQUENCES,
    **OFFICE_CONSEQUENCES,
    **LOAN_CONSEQUENCES,
    **CONDUCT_CONSEQUENCES,
    **BRIDGE_CONSEQUENCES,
    **RESERVE_CONSEQUENCES,
    Act.OPEN_ACCOUNT: _("开立账号后随即登录；账号信息只用于登录和联系您，填到一半的内容只有您自己能看到。"),
    Act.REGISTER_FIRM: _("登记后经开区经办能看到这些企业资料并对照营业执照确认；任何银行都看不到，直到您逐家授权。"),
    Act.INVITE_FIRM: _(
        "邀请码只显示这一次，七天内有效，用过即失效；持码人可以以企业负责人身份查看和提交，请当面交付或寄往登记地址。"
    ),
    Act.SUBMIT_NEED: _(
        "提交后经开区经办即可看到，5 个工作日的受理时限从今天起算；银行看不到，直到您逐家授权。办结前可以撤回。"
    ),
    Act.TYPE_NEED: _(
        "提交后受理时限从今天起算；需求标明“代填”和您的姓名，企业会收到核对通知，在期限内可以确认或提出异议。"
    ),
    Act.CONFIRM_BEHALF: _("确认后不能再提出异议，需求继续办理。"),
    Act.OBJECT_BEHALF: _("提出后这笔需求随即撤回，本次办理终止，经办会看到您的理由；以后可以重新提交。"),
    Act.WITHDRAW_NEED: _("撤回后本次办理终止，已授权的银行不再能查看；以后可以重新提交。"),
    Act.ACCEPT_NEED: _("受理后由您负责办理，企业会看到您的姓名和时限。"),
    Act.RETURN_NEED: _("企业会看到退回原因，补正后重新提交，时限重新起算。"),
    Act.ASSESS_NEED: _("按现行评分表和已有数据评分，结果封存并向企业公开每一项得分。"),
    Act.LOOK_AT_FLAG: _(
        "您的结论和姓名会与提示一起显示给评审委员会和审计，写下后不能更改；评分不因此变动，企业看不到提示。"
    ),
    Act.REFUSE_NEED: _(
        "本次办结：企业当天收到编号的告知函，写明没有达到的准入条件、查到的数值、依据和改进办法；以后可以重新提交。"
    ),
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
    **AFTER_CONSEQUENCES,
    **HELP_CONSEQUENCES,
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
    Act.DECLARE_INTERESTS: _(
        "提交后不能修改或删除，以后可以补充；据此推定的回避立即生效，已投的票作废。内容只有您、评审委主任和审计能查阅，每次查阅都有记录。"
    ),
    Act.OPEN_INTERESTS: _("打开他人的申报会记入日志。"),
    Act.REMIND_INTERESTS: _("没有申报的委员和专家会收到一条通知，每天最多一条。"),
    Act.ENTER_EXPERT: _("登记后该账号不能再被直接召集，只能由抽签产生；只影响以后召集的会议。"),
    Act.END_EXPERT: _("移出后不再参加以后会议的抽签，可作为委员召集；已召集的会议不变。"),
    Act.DRAW_EXPERTS: _(
        "种子在召集时已经确定，结果不能挑选，也不能重抽；抽中的专家收到通知并列入应到人数，名册、种子和结果写入纪要。"
    ),
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
    Act.WITHDRAW_PRODUCT: _("下架后立即不再匹配；已经提出的对接不变，产品留存在货架历史里。"),
    Act.GIVE_RIGHT: _("立即生效，原有权限随即被替代并留存记录；本行第一次授予之后，没有权限的客户经理不能报价。"),
    Act.GIVE_KEY: _("由您选定的客户经理本人领取后才能使用；接口只能看到和办理该客户经理本人能够看到和办理的内容。"),
    Act.TAKE_KEY: _("密钥只显示这一次，之后任何人都无法再次查看；用它办理的每一件事都记在您的名下。"),
    Act.REVOKE_KEY: _("立即停用，下一次请求即被拒绝；不能恢复，需要时另设一把。"),
    Act.STATE_LOANS: _(
        "声明留存在记录里，不能删除，可以另作新的声明；经办核验的结果优先。只用于首贷户统计，不影响评分和审批。"
    ),
    Act.ISSUE_STATISTICS: _("按现在的记录重算这一期，编新号封存；原件随即失效，理由印在新件上。"),
    Act.SET_TARGET: _("录入后不能更改，可以另录一条，以最新的为准；姓名和理由一并列出，已封存的统计不变。"),
    Act.VERIFY_LOANS: _(
        "核验留存在记录里，不能更改，新的核验优先；您的姓名、来源和日期一并列出。只用于首贷户统计，不影响评分和审批。"
    ),
    Act.TAKE_LIST: _(
        "有一格不对就整本不导入，并逐格说明怎样改；同一行再导入一次不会重复，已有的内容和办理结果不会被改写。"
    ),
    Act.COMMENT_SCORE: _("随本行这一期间的成绩单一起公布给经开区、领导和审计；以后只能另写一版，旧版一并保留。"),
    Act.SET_APPETITE: _("声明后立即用于匹配和整批对接，超出任何一条都不会提出；此前的版本留存。已经提出的对接不变。"),
    Act.ASK_CONSENT: _("企业会看到贵行名称、您的姓名和理由，由企业自己决定；每笔需求只能征求一次。"),
    Act.RELEASE_OFFER: _("本行客户经理对这一笔需求可以报价到您填写的金额；放行记录留存，不能撤销。"),
    Act.ASK_RELEASE: _(
        "本行负责人马上收到通知，看到这笔需求的金额、您的姓名和报价权限；企业和其他银行看不到。等待期间贵行的答复时限照常计算。"
    ),
    Act.RETURN_RELEASE: _("提出的客户经理马上收到通知，看到您的姓名和原因；可以降低金额报价、婉拒，或补充后再次请求。"),
    Act.GRANT_CONSENT: _("只有这一家银行能在有效期内查看您选择的内容；每次查看都有记录，您可以随时撤回。"),
    Act.WITHDRAW_CONSENT: _("撤回立即生效，该银行下一次打开时就看不到；已下载的文件无法收回，但有水印和记录。"),
    Act.PASS_ON: _("授权书随即生效，同一份档案当即送达这家银行，答复时限从今天起算；您可以随时撤回。"),
    Act.SEND_DOSSIER: _("档案内容就此封存；已授权的银行即可查看，30 天答复时限从今天起算。"),
    Act.CLAIM_NEED: _(
        "认领后企业会看到贵行正在办理，三个工作日内其他银行不能认领；到期没有答复即自动失效并计数，每笔需求只能认领一次。"
    ),
    Act.CONTEST: _("由没有经办或决定过的人员在五个工作日内复核并答复；每项决定只能申请一次，不影响您办理其他事项。"),
    Act.REVIEW_CONTEST: _(
        "决定后不能更改，企业马上收到。推翻或部分成立的，按原来的步骤重新办理：重新评分、以原次序重新上会，或由银行重新答复；已封存的决定本身不变。"
    ),
    Act.ASK_ITEM: _(
        "企业马上收到，应在五个工作日内答复；其间贵行的答复时限暂停，企业答复后顺延。同一事项再次要求会标记并计入贵行的重复索取数。"
    ),
    Act.ANSWER_ITEM: _(
        "答复存入您的材料库，不能修改；这家银行马上可以打开，其他持有有效授权的银行以后也不能再向您要这一项。银行的答复时限随即恢复。"
    ),
    Act.MAKE_OFFER: _(
        "报价密封保存：截止前只有贵行能看到，也只有贵行能修改；截止时或各家都已答复时统一开启，此后在有效期内对银行有约束力，不能增加条件。"
    ),
    Act.DECLINE_NEED: _("企业当天会看到原因、依据和改进办法；不能撤销。"),
    Act.REPORT_DRAWDOWN: _(
        "报告后不能更改，填错的可以申请撤回；企业和经开区会收到通知，并自动记入履约台账；利率高于报价或追加条件的，会标为变相加价并计数。"
    ),
    Act.ACCEPT_OFFER: _("接受后其他银行会收到未选定的通知，其他报价关闭。"),
    Act.PREPARE_LETTER: _("函件按现在的条件拟好，交由另一位有权签发的人核对后签发；签发前不生效。"),
    Act.DROP_LETTER: _("草稿作废并留存编号，可以重新拟函。"),
    Act.ISSUE_LETTER: _("签发后函件立即生效，占用额度，企业和银行可以下载；不能撤回，只能由银行确认后解保。"),
    Act.WRITE_LETTER: _("按封存的决议写成并编号，企业可以下载；内容有变时出具新的一份，旧的随即被替代。"),
    Act.WRITE_MINUTES: _("按封存的决议汇编并编号，供签字；会后有更正时出具新的一份，旧的随即被替代。"),
    Act.RECORD_REPAYMENT: _("在保余额和占用的额度随即减少；登记后不能更改。"),
    Act.RELEASE_LETTER: _(
        "解保后担保人不再承担责任，额度全部释放，函件自今日起失效；没有未追回的代偿款时，反担保一并解除。不能撤销。"
    ),
    Act.PROPOSE_ENTRY: _("提出后由另一位有权的人确认才入账。"),
    Act.CONFIRM_ENTRY: _("确认后记入台账，不能更改；企业和银行会收到通知。"),
    Act.TURN_DOWN_ENTRY: _("不予确认的登记不入账，理由留存在记录中。"),
    Act.MEND_SESSION: _("先看改动哪几场，确认后才生效；已谈的不动，有改动的企业和银行会收到通知。"),
    Act.OPEN_SESSION: _("开始后银行可以在桌边记录意向；场次只能临时调整，调整前先看变动。"),
    Act.CLOSE_SESSION: _("结束后不能再更改场次和意向，承诺进入 7、30、90 日跟踪。"),
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
    Act.TYPE_FIGURES: _("提交后由另一位经办复核，复核通过才计入月报；没有填的项目在月报上显示“待填”。"),
    Act.CONFIRM_FIGURES: _("复核通过后计入月报，不能更改；有误只能重新填报，原数留存。"),
    Act.TURN_DOWN_FIGURES: _("退回后填报人会收到通知和原因，可以重新填报。"),
    Act.TURN_DOWN_TERMS: _("不采纳则现行条件不变，提出人会收到通知和原因；决定后不能更改。"),
    Act.PROPOSE_AGREEMENT: _("提出后现行协议不变；评审委主任会收到通知，由其采纳或不采纳，您不能自己决定。"),
    Act.ADOPT_AGREEMENT: _(
        "采纳后自起始日起，每一笔损失和追偿都按这些比例分到分；同一银行以前的协议自该日起不再适用。"
    ),
    Act.TURN_DOWN_AGREEMENT: _("不采纳则现行协议不变，提出人会收到通知和原因；决定后不能更改。"),
    Act.ASK_SECURITY: _("企业立即看到这项要求；上会后不能再增加，封存时写入决议。"),
    Act.FORGO_SECURITY: _("理由会写入决议；记录后不能再要求任何反担保。"),
    Act.WAIVE_SECURITY: _("免除后企业不再欠这一项，理由留在清单上；不能撤销。"),
    Act.GIVE_SECURITY: _("签字盖章的合同存档后不能更换。"),
    Act.REGISTER_SECURITY: _("登记编号记入清单，决议后出具的材料会写明；不能更改。"),
    Act.RELEASE_SECURITY: _("清单上仍有效的各项全部解除，请同时办理登记注销；不能撤销。"),
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
    NeedState.TERMINATED: _("承诺补齐的材料没有按期交来，本次办理终止。材料备齐后可以新建需求。"),
    NeedState.CLOSED: _("这笔需求已不再办理；如仍需融资，请新建需求。"),
}
