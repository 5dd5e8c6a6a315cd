"""The menu of each role (导航): a page that does not exist yet is left out, and a group of one page is that page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from financing.access import BANK, COMMITTEE, FIRM, Role
from financing.words import _
from web.routes import ROUTES


@dataclass(frozen=True, slots=True)
class Item:
    route: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together, under one word; it opens without a script."""

    label: str
    icon: str
    pages: tuple[Item, ...]


_LENDING = Item("lending", _("贷款与还款"), "coins")
_RENEWALS = Item("renewals", _("到期日历"), "calendar-event")
_CHECKS = Item("checks", _("保后检查"), "calendar-event")
_WARNINGS = Item("warnings", _("风险预警"), "alert-triangle")
_RISK = Item("risk", _("风险总览"), "chart-bar")
_WATCH = Group(_("保后风险"), "alert-triangle", (_RISK, _WARNINGS, _CHECKS))
_GUARANTEES = Item("guarantees", _("在保与函件"), "shield-check")
_BRIDGE = Item("bridge", _("应急转贷"), "coins")
_EVENTS = Item("events", _("培训与活动"), "calendar-event")
_EVENT_FIGURES = Item("event.figures", _("活动统计"), "chart-bar")
_INSPECTIONS = Item("inspections", _("入企检查"), "list-check")
_CHARGES = Item("charges", _("涉企收费清单"), "coins")
_SERVICE = Group(_("企业服务"), "thumb-up", (_EVENTS, _INSPECTIONS, _CHARGES))
_FIRM = (
    Item("needs.mine", _("我的需求"), "file-text"),
    Item("offers.mine", _("银行报价"), "coins"),
    _LENDING,
    _GUARANTEES,
    _CHECKS,
    _BRIDGE,
    Item("policies.mine", _("我的政策"), "trending-up"),
    Item("papers.mine", _("材料"), "file-certificate"),
    Item("consents.mine", _("授权与查看记录"), "eye"),
    Item("sessions.mine", _("对接会"), "calendar-event"),
    Item("helping.mine", _("我的帮扶"), "users-group"),
    Item("conduct.mine", _("银行行为反映"), "hand-stop"),
    _SERVICE,
    Group(
        _("企业资料"),
        "building-factory-2",
        (Item("firm.mine", _("企业资料"), "building-factory-2"), Item("personal.mine", _("我的数据"), "user")),
    ),
)
_POLICIES = Item("policies", _("惠企政策"), "file-certificate")
_LEDGER = Item("policies.ledger", _("政策台账"), "list-check")
_SUBSIDIES = Item("policies.claims", _("补贴申报"), "coins")
_PRESETS = Item("bridge.presets", _("各地转贷办法"), "scale")
_SCOREBOARD = Item("scoreboard", _("银行成绩单"), "building-bank")
_GUARANTOR = Item("guarantor", _("担保人与额度"), "shield-half")
_AGREEMENTS = Item("agreements", _("风险分担协议"), "coins")
_COMPENSATION = Item("compensations", _("代偿"), "scale")
_REGISTER = Item("register", _("在保台账"), "coins")
_RESERVES = Item("reserves", _("准备金与风险"), "shield-half")
_CONDUCT = Item("conduct.figures", _("银行行为统计"), "scale")
_SEATS = Item("handlers", _("举报受理人"), "users-group")
_CONTESTS = Item("contests", _("复议"), "scale")
_CARDS = Item("cards", _("评分表"), "checklist")
_JUDGING = Item("judging", _("评分检验"), "scale")
_DELEGATED = Item("delegated", _("授权审批"), "users")
_INTERESTS = Item("interests", _("利益申报"), "users")
_OWN_INTERESTS = Item("interests.mine", _("利益申报"), "hand-stop")
_IMPORTS = Item("imports", _("批量导入"), "upload")
_SETTINGS = Item("settings", _("设置"), "settings")
_HANDOVERS = Item("handovers", _("移交与代理"), "users")
_OVERDUE = Item("overdue", _("逾期事项"), "clock-exclamation")
_CALLS = Item("calls", _("回访与差评"), "message-question")
_DISPATCHES = Item("dispatches", _("调度会"), "presentation")
_BULLETINS = Item("bulletins", _("企业手机报"), "news")
_RATINGS = Item("ratings", _("满意度"), "thumb-up")
_TASKS = Item("tasks", _("任务"), "list-check")
_HELPING = Group(
    _("帮扶"),
    "users-group",
    (
        Item("helping", _("帮扶企业"), "building-factory-2"),
        Item("requests", _("诉求"), "message-question"),
        Item("appointments", _("约见"), "calendar-event"),
        _TASKS,
        Item("yearly", _("年度调查"), "clipboard-check"),
        Item("helpers", _("帮扶人员"), "users"),
        Item("helping.scores", _("帮扶成绩"), "chart-bar"),
    ),
)
_EMERGENCIES = Item("emergencies", _("紧急查阅"), "alert-triangle")
_OBJECTIONS = Item("objections", _("异议"), "message-question")
_ERASURES = Item("erasures", _("删除与到期清除"), "hourglass")
_IMPACTS = Item("impacts", _("影响评估"), "shield-check")
_INCIDENTS = Item("incidents", _("安全事件"), "alert-triangle")
_PERSONAL = Group(_("个人信息"), "user", (_OBJECTIONS, _ERASURES, _IMPACTS, _INCIDENTS))
_QUALITY = Item("quality", _("数据质量"), "checklist")
_COMMITTEE = (
    Item("meetings", _("评审会"), "gavel"),
    _DELEGATED,
    _GUARANTEES,
    _LENDING,
    _COMPENSATION,
    _BRIDGE,
    Group(_("担保人"), "shield-half", (_GUARANTOR, _RESERVES)),
    _CARDS,
    _JUDGING,
)
_BANK = (Item("inbox", _("收到的需求"), "mail"), Item("teasers", _("待授权的需求"), "eye"), Item("drawdowns", _("放款"), "coins"), _LENDING, _GUARANTEES, _BRIDGE, _COMPENSATION,
         Group(_("保后"), "alert-triangle", (_WARNINGS, _CHECKS)), Item("sessions.mine", _("对接会"), "calendar-event"), Item("commitments", _("履约台账"), "checklist"),
         Item("appetite", _("放贷偏好"), "trending-up"),
         Group(_("本行设置"), "settings", (Item("products.mine", _("产品"), "packages"), _IMPORTS, Item("rights", _("报价权限"), "users"),
                                       Item("keys", _("接口密钥"), "key"), Item("conduct.letters", _("核实函"), "mail"), _AGREEMENTS)),
         Item("scoreboard", _("我行成绩单"), "chart-bar"))  # fmt: skip

MENU: Mapping[Role, tuple[Item | Group, ...]] = {
    **dict.fromkeys(FIRM, _FIRM),
    Role.OFFICER: (
        Group(
            _("待办"),
            "list-check",
            (
                Item("work", _("待办"), "list-check"),
                Item("silent", _("沉寂需求"), "hourglass"),
                _OVERDUE,
                _HANDOVERS,
                _CALLS,
            ),
        ),
        Item("needs", _("需求"), "file-text"),
        _HELPING,
        Group(
            _("企业"),
            "building-factory-2",
            (
                Item("firms", _("企业"), "building-factory-2"),
                _IMPORTS,
                Item("pool", _("培育池"), "trending-up"),
                _QUALITY,
                Item("typing", _("代填申请表"), "pencil"),
            ),
        ),
        Group(_("评分"), "checklist", (_CARDS, _JUDGING)),
        Group(
            _("担保"),
            "shield-check",
            (
                Item("cases", _("担保项目"), "shield-check"),
                _DELEGATED,
                Item("meetings", _("评审会"), "gavel"),
                _GUARANTEES,
                _COMPENSATION,
                _INTERESTS,
                Item("experts", _("外部专家"), "microphone-2"),
                _REGISTER,
                _RESERVES,
                _GUARANTOR,
                _AGREEMENTS,
                _BRIDGE,
                _CONTESTS,
            ),
        ),
        Group(
            _("政策"),
            "file-certificate",
            (_LEDGER, _SUBSIDIES, Item("policies.questions", _("政策提问"), "message-question"), _POLICIES),
        ),
        Group(_("贷后"), "coins", (_LENDING, _RENEWALS, _RISK, _WARNINGS, _CHECKS)),
        Group(
            _("对接"),
            "link",
            (
                Item("matching", _("对接"), "link"),
                Item("sessions", _("对接会"), "calendar-event"),
                Item("commitments", _("履约台账"), "checklist"),
                Item("banks", _("银行"), "building-bank"),
                Item("lists", _("申报与推荐清单"), "list-check"),
                Item("appetites", _("各行放贷偏好"), "trending-up"),
                _SCOREBOARD,
                _CONDUCT,
            ),
        ),
        _SERVICE,
        _PERSONAL,
        Group(
            _("统计"),
            "chart-bar",
            (
                Item("figures", _("统计"), "chart-bar"),
                Item("first_loans", _("首贷户"), "users"),
                Item("statistics", _("定期统计"), "file-text"),
                _RATINGS,
                _DISPATCHES,
                _BULLETINS,
            ),
        ),
    ),
    **dict.fromkeys(COMMITTEE, (*_COMMITTEE, _OWN_INTERESTS, _SETTINGS, _SEATS)),
    **dict.fromkeys(BANK, _BANK),
    Role.FUND: (_BRIDGE, _PRESETS, _COMPENSATION, _GUARANTOR, _RESERVES),
    Role.LEADER: (
        Group(
            _("统计"),
            "chart-bar",
            (Item("figures", _("统计"), "chart-bar"), Item("statistics", _("定期统计"), "file-text"), _BULLETINS),
        ),
        _DISPATCHES,
        _SCOREBOARD,
        _HELPING,
        Group(
            _("服务"),
            "thumb-up",
            (_OVERDUE, _RATINGS, _CALLS, _HANDOVERS, _CONDUCT, _INSPECTIONS, _EVENT_FIGURES, _CHARGES),
        ),
        Group(_("政策"), "file-certificate", (_LEDGER, _SUBSIDIES)),
        _REGISTER,
        _RESERVES,
        _COMPENSATION,
        _BRIDGE,
        Item("meetings", _("评审会"), "gavel"),
        _GUARANTOR,
        _CARDS,
        _PERSONAL,
        _SETTINGS,
    ),
    Role.AUDITOR: (
        Group(_("日志"), "history", (Item("journal", _("日志"), "history"), _EMERGENCIES)),
        Item("figures", _("统计"), "chart-bar"),
        Item("statistics", _("定期统计"), "file-text"),
        _SCOREBOARD,
        _HELPING,
        Group(
            _("服务"),
            "thumb-up",
            (
                *(_DISPATCHES, _BULLETINS),
                *(_RATINGS, _CALLS, _HANDOVERS, _QUALITY, _CONDUCT, _SEATS, _INSPECTIONS, _EVENT_FIGURES, _CHARGES),
                Item("silent", _("沉寂需求"), "hourglass"),
            ),
        ),
        _GUARANTEES,
        _LENDING,
        _COMPENSATION,
        _WATCH,
        _INTERESTS,
        Group(_("政策"), "file-certificate", (_LEDGER, _SUBSIDIES)),
        _REGISTER,
        _BRIDGE,
        _RESERVES,
        _GUARANTOR,
        _CARDS,
        _PERSONAL,
        _SETTINGS,
    ),
    Role.ADMIN: (
        Item("people.list", _("用户"), "users"),
        Item("posts", _("岗位"), "users-group"),
        _SEATS,
        _PERSONAL,
        _SETTINGS,
        _PRESETS,
        Item("deliveries", _("通知投递"), "mail"),
        _EMERGENCIES,
        Item("running", _("运行状况"), "shield-check"),
    ),
}


def menu(role: Role) -> tuple[Item | Group, ...]:
    """What this role finds in the menu: the pages that exist and that it may open."""
    return tuple(shown for entry in MENU.get(role, ()) if (shown := _open_to(role, entry)) is not None)


def _open_to(role: Role, entry: Item | Group) -> Item | Group | None:
    if isinstance(entry, Item):
        return entry if role in ROUTES.get(entry.route, ()) else None
    items = tuple(item for item in entry.pages if role in ROUTES.get(item.route, ()))
    if len(items) < 2:
        return items[0] if items else None
    return Group(entry.label, entry.icon, items)
