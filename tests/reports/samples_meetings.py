"""A committee's resolution and a forum session to print."""

from __future__ import annotations

from datetime import UTC, date, datetime

from financing.guarantees.rules import CaseState, Vote
from financing.matching.snapshot import Said
from financing.parties.rules import Support
from reports.issued import Issued
from reports.resolution import Attendance, BallotLine, Limit, Member, Opinion, ResolutionView, Terms
from reports.session import Guest, Programme, Round, SessionView, Table, Talk, Teaser
from tests.reports.samples import WAN, digest

PRESENT, ABSENT, RECUSED = Attendance
FIRST = (
    BallotLine("周明远", Vote.FOR, "订单稳定，同意。"),
    BallotLine("吴秀兰", Vote.CONDITIONAL, "先结清民间借款。"),
    BallotLine("郑国强", Vote.FOR, "同意。"),
    BallotLine("何静", Vote.AGAINST, "客户过于集中。"),
    BallotLine("孙立", Vote.FOR, "应收账款质押可控。"),
)
FINAL = (
    FIRST[0],
    FIRST[1],
    FIRST[2],
    BallotLine("何静", Vote.AGAINST, "第一大客户流失时不够还，建议减额到 150 万元。"),
    FIRST[4],
)
ISSUED = Issued(
    zone="信江经济开发区", number="信江担保决〔2026〕21号", code="K7Q2-MX4P-9TRB", digest=digest("sealed record"),
    check="https://zone.example/check", at=datetime(2026, 11, 18, 3, 5, tzinfo=UTC),
)  # fmt: skip
RESOLUTION = ResolutionView(
    number="信江担保决〔2026〕21号",
    zone="信江经济开发区",
    committee="信江经济开发区融资担保评审委员会",
    meeting="2026 年第 14 次评审会",
    held=datetime(2026, 11, 18, 1, 30, tzinfo=UTC),
    place="开发区政务中心 305 室",
    chair="周明远",
    secretary="林晓",
    firm="信江市锐丰精密铜材有限公司",
    uscc="91361100MA35XK8B4R",
    need="XJ-2026-0137",
    amount=300 * WAN,
    months=12,
    purpose="流动资金：采购原料",
    grade="A",
    total=74,
    full=100,
    card="园区小微企业信用评分表，2026-01-01 起施行",
    outcome=CaseState.CONDITIONAL,
    members=(
        Member("周明远", "主任委员，投资公司", PRESENT),
        Member("吴秀兰", "委员，财政金融局", PRESENT),
        Member("郑国强", "委员，投资公司风控部", PRESENT),
        Member("何静", "委员，外聘会计师", PRESENT),
        Member("孙立", "委员，外聘律师", PRESENT),
        Member("王海涛", "委员，经发局", RECUSED, "配偶在该企业任财务负责人（本人申报）"),
        Member("赵敏", "委员，税务局", ABSENT),
    ),
    quorum=4,
    majority=4,
    rounds=(FIRST, FINAL),
    points=(
        "近 24 个月连续开票，增长平稳。",
        "第一大客户占比 33.8 %，要求应收账款质押。",
        "贷款资金受托支付，每季度保后检查一次。",
    ),
    conditions=("放款前结清一笔民间借款并交结清证明。", "贷款资金受托支付给供应商。"),
    dissent=(FINAL[3],),
    limits=(
        Limit("担保放大额度", 50_000 * WAN, 31_260 * WAN, 31_500 * WAN),
        Limit("单户限额", 500 * WAN, 0, 240 * WAN),
        Limit("本年代偿风险预算", 1_000 * WAN, 412 * WAN, 420 * WAN),
    ),
    terms=Terms(Support.LETTER, "信江融资担保有限公司", 240 * WAN, 12, 8_000, date(2027, 2, 18)),
    reason="评分 74 分，达到准入线；主业清晰，回款可控。客户集中和现金流为负，以应收账款质押和受托支付控制。",
    sealed=datetime(2026, 11, 18, 3, 5, tzinfo=UTC),
    digest=digest("sealed record"),
    order=("先于 DB2026-0007 审议，周明远 决定：合同明日到期",),
    opinions=(Opinion("A 角", "林晓", "赞成", "订单和回款属实。"), Opinion("B 角", "高峰", "不赞成", "客户集中。")),
    afford="偿债备付率（DSCR，按现状）1.42×，足够：最紧的一年可用现金 98.0 万元，应还本息 69.0 万元。",
    price=(("责任比例", "80 %"), ("反担保", "应收账款质押：对江铜的应收款，评估 120.0 万元（待办理）")),
)

BANKS = (
    "信江农商银行",
    "中国某银行信江支行",
    "江西某银行开发区支行",
    "某股份制银行上饶分行",
    "九江某银行",
    "邮政某银行",
    "赣州某银行",
    "某交通银行",
)
FIRMS = tuple(
    f"信江市{name}有限公司"
    for name in ("锐丰精密铜材", "宏达电子", "绿源食品", "恒信机械", "天工模具", "佳美纺织", "远航物流")
)
ROUNDS = tuple(
    Round(
        n + 1,
        f"{9 + (n * 20 + 30) // 60:02d}:{(n * 20 + 30) % 60:02d}",
        f"{9 + (n * 20 + 45) // 60:02d}:{(n * 20 + 45) % 60:02d}",
    )
    for n in range(6)
)
TALKS = tuple(
    Talk(
        n + 1,
        t + 1,
        FIRMS[(n + t) % 7],
        f"XJ-2026-{(n + t) % 7 + 131:04d}",
        (150 + 50 * ((n + t) % 7)) * WAN,
        12,
        f"{digest(f'{n}{t}')[:6].upper()}",
    )
    for n in range(6)
    for t in range(8)
    if (n + t) % 7 != 6 or n % 2
)
SESSION = SessionView(
    number="XJ-DJ-2026-11",
    zone="信江经济开发区",
    title="信江经开区 2026 年 11 月银企对接会",
    day=date(2026, 11, 27),
    place="开发区企业服务中心二楼",
    host="信江经济开发区金融办",
    programme=(
        Programme("09:00", "签到", "金融办"),
        Programme("09:15", "通报上一场承诺兑现情况", "金融办"),
        Programme("09:30", "一对一洽谈，六轮", "各银行、企业"),
        Programme("11:30", "交答复单，散会"),
    ),
    rounds=ROUNDS,
    tables=tuple(Table(n + 1, bank, ("李敏", "张伟")[: n % 3]) for n, bank in enumerate(BANKS)),
    talks=TALKS,
    teasers=tuple(
        Teaser(
            f"XJ-2026-{n + 131:04d}",
            "C3251 铜压延加工",
            (150 + 50 * n) * WAN,
            12,
            Said(says="流动资金：采购原料", english="Working capital: raw materials"),
            "A",
            Support.LETTER,
        )
        for n in range(7)
    ),
    guests=tuple(Guest(name, "陈立群", "总经理") for name in FIRMS)
    + tuple(Guest(bank, "李敏", "客户经理") for bank in BANKS),
)
