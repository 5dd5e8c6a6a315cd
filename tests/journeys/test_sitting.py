"""One sitting of the committee: five members, one of them tied; the chair at the screen of the room, the others at their phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select

from financing.access import Role
from financing.desk import opened
from financing.guarantees import service
from financing.needs.model import Need
from financing.people.model import User
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, Person
from tests.makers import a_firm, a_guarantor, a_scored_need, writing

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
EARLIER, LATER = "示范铜材有限公司", "示范陶瓷有限公司"
Come = Callable[..., Person]
#: Who says what in the first round and in the final one; votes as a person reads them.
FIRST = {"郑委员": ("同意", "订单充足"), "王委员": ("不同意", "存货偏高"), "冯委员": ("同意", "纳税良好"), "吴主任": ("同意", "经营稳定")}  # fmt: skip
FINAL = {
    "郑委员": ("附条件同意", "补充股东会决议"), "王委员": ("不同意", "存货仍未说清"), "冯委员": ("同意", "纳税良好"), "吴主任": ("同意", "经营稳定")
}  # fmt: skip


def test_a_sitting_from_the_agenda_to_the_resolution_on_paper(person: Come, site: Site) -> None:
    officer_login = site.account(Role.OFFICER, "周经办")
    chair_login = site.account(Role.CHAIR, "吴主任")
    logins = {name: site.account(Role.MEMBER, name) for name in ("郑委员", "王委员", "冯委员", "陈委员")}
    two_cases(site, officer_login)
    officer, chair = person(officer_login), person(chair_login)
    phones = {name: person(login, size=NARROW) for name, login in logins.items()}
    meeting = the_meeting_is_called(officer)

    chair.opens(f"/meetings/{meeting}").presses("开始评审会").follows("会场屏幕")
    chair.sees("第 1 项，共 2 项", EARLIER, "压力损失", "同意前 → 同意后", "已表决 0 人，应到 5 人", "接下来", LATER)
    case = tied_steps_aside(phones.pop("陈委员"), meeting)
    everybody = phones | {"吴主任": person(chair_login, size=NARROW)}
    the_first_round_is_blind(everybody, chair, case)
    the_final_round_follows_the_discussion(everybody, chair, case, meeting)
    the_chair_seals(chair, case, meeting)
    the_paper_names_dissent_and_conditions(officer, case)


def two_cases(site: Site, login: str) -> None:
    """The later case was opened first: its number is lower, its turn is not."""
    with writing(site.database) as session:
        a_guarantor(session)
        needs = [
            a_scored_need(session, a_firm(session, name=name), submitted_on=TODAY - timedelta(days=days)).id
            for name, days in ((LATER, 3), (EARLIER, 12))
        ]
        officer = session.scalars(select(User).where(User.login == login)).one().actor
    for need in needs:
        with opened(site.database, officer, datetime.now(UTC)) as desk:
            service.open_case(desk, desk.get(Need, need), opinion="账实相符，建议同意。")


def the_meeting_is_called(officer: Person) -> int:
    """Both cases are tabled, the later one first; the agenda stands in the order in which needs were handed in."""
    officer.opens("/meetings/new").fills("地点", "三楼会议室").presses("召集评审会")
    for number in (1, 2):
        officer.presses(f"上会 DB{TODAY.year}-{number:04d}")
    rows = officer.tab.locator("tbody tr").all_inner_texts()
    assert [EARLIER in rows[0], LATER in rows[1]] == [True, True]
    return officer.key


def tied_steps_aside(member: Person, meeting: int) -> int:
    """From then on neither the case nor the screen shows the member anything of it."""
    member.opens(f"/meetings/{meeting}").follows(f"DB{TODAY.year}-0002")
    case = member.key
    member.tab.locator("summary", has_text="申报回避").click()
    member.fills("与本项目的关系", "配偶在该企业任职").presses("申报回避").is_at(f"/meetings/{meeting}").misses(EARLIER)
    member.opens(f"/meetings/{meeting}/room").sees("须回避本项目").misses(EARLIER)
    assert member.overflow <= 0
    return case


def the_first_round_is_blind(everybody: dict[str, Person], chair: Person, case: int) -> None:
    for count, (name, phone) in enumerate(everybody.items(), 1):
        word, reason = FIRST[name]
        phone.opens(f"/cases/{case}").sees("首轮互不可见").ticks(word).fills("意见", reason).presses("表决")
        assert phone.overflow <= 0
        if count < len(everybody):
            chair.sees(f"已表决 {count} 人，应到 4 人").misses(*(said for _, said in FIRST.values()))


def the_final_round_follows_the_discussion(
    everybody: dict[str, Person], chair: Person, case: int, meeting: int
) -> None:
    """The screen comes by itself to what everybody said; the final votes stay hidden on it."""
    chair.sees("首轮表决与理由", *(said for _, said in FIRST.values())).sees("已表决 0 人，应到 4 人")
    for name, phone in everybody.items():
        word, reason = FINAL[name]
        phone.opens(f"/cases/{case}").sees("首轮表决与理由").ticks(word).fills("意见", reason).presses("表决").sees(
            "您已表决"
        )
    chair.sees("已表决 4 人，应到 4 人").misses("补充股东会决议", "存货仍未说清")


def the_chair_seals(chair: Person, case: int, meeting: int) -> None:
    chair.opens(f"/cases/{case}").presses("封存决议").sees("决议 JY", "附条件同意")
    chair.opens(f"/meetings/{meeting}/room").sees("第 2 项，共 2 项", LATER, "已有结果")
    chair.follows(EARLIER).sees("附条件同意", "条件：补充股东会决议", "首轮", "终轮", "存货仍未说清")
    assert chair.overflow <= 0


def the_paper_names_dissent_and_conditions(officer: Person, case: int) -> None:
    paper = officer.opens(f"/cases/{case}").downloads("下载决议").read_bytes()
    said = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages))
    for part in (EARLIER, "补充股东会决议", "存货仍未说清", "第一轮", "配偶在该企业任职"):
        assert part in said, part
