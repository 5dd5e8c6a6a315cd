"""The committee at its pages: an officer opens and tables, members vote, the chair seals what the count says."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from financing.access import Role
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting, Resolution
from financing.guarantees.rules import CaseState, MeetingState
from financing.needs.model import Need
from financing.people.model import User
from tests.makers import TODAY, a_firm, a_guarantor, a_scored_need, writing


class Zone:
    """A site with an officer, a chair and two members at browsers."""

    def __init__(self, site):
        self.site = site
        with writing(site.database) as session:
            a_guarantor(session)
        self.officer = site.person(Role.OFFICER)
        self.chair = site.person(Role.CHAIR)
        self.members = [site.person(Role.MEMBER, f"member{n}") for n in (1, 2)]

    @property
    def everybody(self):
        return [self.chair, *self.members]

    def all(self, kind):
        with writing(self.site.database) as session:
            return session.query(kind).all()

    def ids(self):
        return [str(user.id) for user in self.all(User) if user.role in {Role.CHAIR, Role.MEMBER}]

    def need(self, **facts):
        with writing(self.site.database) as session:
            return a_scored_need(session, a_firm(session), **facts)

    def case(self):
        need = self.need()
        answer = self.officer.sends(f"/needs/{need.id}/case", {"opinion": "建议同意"}, opened=f"/needs/{need.id}/case")
        assert answer.status_code == 303, answer.text
        return next(case for case in self.all(GuaranteeCase) if case.need_id == need.id)

    def meeting(self, *cases, begun=True):
        fields = {"day": TODAY.isoformat(), "place": "三楼会议室", "members": self.ids()}
        place = self.officer.sends("/meetings", fields, opened="/meetings/new").headers["location"].split("?")[0]
        key = place.rsplit("/", 1)[1]
        for case in cases:
            sent = self.officer.sends(f"/cases/{case.id}/table", {"meeting": key}, opened=place)
            assert sent.status_code == 303, sent.text
        if begun:
            assert self.chair.sends(f"{place}/open", opened=place).status_code == 303
        return place

    def vote(self, browser, case, vote="for", opinion="同意"):
        return browser.sends(f"/cases/{case.id}/vote", {"vote": vote, "opinion": opinion}, opened=f"/cases/{case.id}")


@pytest.fixture
def zone(quick_site):
    return Zone(quick_site)


def test_from_the_need_to_the_sealed_resolution(zone):
    case = zone.case()
    place = zone.meeting(case)
    for browser in zone.everybody:
        assert zone.vote(browser, case).status_code == 303
    assert "已表决 3 人" in zone.chair.get(f"/cases/{case.id}").text
    sealed = zone.chair.sends(f"/cases/{case.id}/seal", opened=f"/cases/{case.id}")
    assert sealed.status_code == 303
    page = zone.officer.get(f"/cases/{case.id}").text
    assert "决议 JY2026-0001" in page
    assert "同意担保" in page
    assert zone.chair.sends(f"{place}/close", opened=place).status_code == 303
    assert zone.all(Meeting)[0].state is MeetingState.CLOSED


def test_every_kind_of_reader_finds_the_pages_and_strangers_find_nothing(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    auditor, leader, admin = (zone.site.person(role) for role in (Role.AUDITOR, Role.LEADER, Role.ADMIN))
    pack = f"/cases/{case.id}"
    everything = {"/cases": 200, pack: 200, "/meetings": 200, meeting: 200, "/meetings/new": 200}
    table = [
        (zone.officer, everything),
        (zone.chair, everything | {"/cases": 404}),
        (zone.members[0], everything | {"/cases": 404, "/meetings/new": 404}),
        (auditor, everything | {"/meetings/new": 404}),
        (leader, dict.fromkeys(everything, 404) | {"/meetings": 200}),
        (admin, dict.fromkeys(everything, 404)),
    ]
    for reader, expected in table:
        assert {path: reader.get(path).status_code for path in expected} == expected


def test_a_need_that_fails_a_gate_is_told_why_and_has_no_button(zone):
    with writing(zone.site.database) as session:
        need = a_scored_need(session, a_firm(session, size="large"))
    page = zone.officer.get(f"/needs/{need.id}/case").text
    assert "有 1 项准入条件没有满足" in page
    assert "小型或微型企业" in page
    assert f'action="/needs/{need.id}/case"' not in page
    token = zone.officer.token("/meetings/new")
    answer = zone.officer.client.post(
        f"/needs/{need.id}/case", data={**token, "opinion": "仍然建议"}, headers={"origin": "http://127.0.0.1:8000"}
    )
    assert answer.status_code == 422
    assert zone.all(GuaranteeCase) == []


@pytest.mark.parametrize("extra", [{"outcome": "approved"}, {"state": "approved"}, {"decision": "case.approve"}])
def test_the_chair_cannot_name_an_outcome(zone, extra):
    case = zone.case()
    zone.meeting(case)
    for browser in zone.everybody:
        zone.vote(browser, case, "against", "风险过高")
    answer = zone.chair.sends(f"/cases/{case.id}/seal", extra, opened=f"/cases/{case.id}")
    assert answer.status_code == 422
    assert zone.all(Resolution) == []
    assert zone.chair.sends(f"/cases/{case.id}/seal", opened=f"/cases/{case.id}").status_code == 303
    assert zone.all(Resolution)[0].outcome is CaseState.REJECTED


def test_a_tied_member_finds_the_case_no_more(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    member = zone.members[0]
    sent = member.sends(f"/cases/{case.id}/tie", {"reason": "近亲属任职"}, opened=f"/cases/{case.id}")
    assert sent.headers["location"].startswith(meeting)
    with writing(zone.site.database) as session:
        firm_id = session.get_one(Need, case.need_id).firm_id
    for path in (
        f"/cases/{case.id}",
        f"/needs/{case.need_id}",
        f"/firms/{firm_id}/papers",
        f"/scores/{case.assessment_id}",
    ):
        assert member.get(path).status_code == 404, path
    assert case.number not in member.get(meeting).text


def test_before_sealing_no_page_shows_a_vote_of_another(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    zone.vote(zone.members[0], case, "against", "独有的反对理由")
    auditor = zone.site.person(Role.AUDITOR)
    for reader in (zone.chair, zone.members[1], zone.officer, auditor):
        for path in (f"/cases/{case.id}", meeting, "/meetings"):
            assert "独有的反对理由" not in reader.get(path).text
    own = zone.members[0].get(f"/cases/{case.id}").text
    assert "独有的反对理由" in own
    assert "改票" in own


def test_a_vote_without_an_opinion_is_asked_for_again_with_what_was_chosen(zone):
    case = zone.case()
    zone.meeting(case)
    answer = zone.vote(zone.chair, case, "conditional", "")
    assert answer.status_code == 422
    assert re.search(r'value="conditional" checked', answer.text)
    assert zone.all(Ballot) == []


def test_voting_twice_with_the_same_form_is_voting_once(zone):
    case = zone.case()
    zone.meeting(case)
    form = {**zone.chair.token(f"/cases/{case.id}", f"/cases/{case.id}/vote"), "vote": "for", "opinion": "同意"}
    for _ in range(2):
        assert zone.chair.client.post(
            f"/cases/{case.id}/vote", data=form, headers={"origin": "http://127.0.0.1:8000"}, follow_redirects=False
        ).status_code == 303  # fmt: skip
    assert len(zone.all(Ballot)) == 1


def test_a_meeting_called_wrongly_is_shown_again_with_the_reason(zone):
    fields = {"day": "2026-11-20", "place": "三楼会议室", "members": zone.ids()}
    answer = zone.officer.sends("/meetings", fields, opened="/meetings/new")
    assert answer.status_code == 422
    assert "已经过去" in answer.text
    few = {"day": TODAY.isoformat(), "place": "三楼会议室", "members": zone.ids()[:2]}
    assert "至少需要 3 名" in zone.officer.sends("/meetings", few, opened="/meetings/new").text


def test_the_resolution_is_printed_from_the_sealed_record_and_the_journal_knows_who(zone):
    case = zone.case()
    zone.meeting(case)
    for browser in zone.everybody:
        zone.vote(browser, case, "conditional", "落实应收账款质押")
    zone.chair.sends(f"/cases/{case.id}/seal", opened=f"/cases/{case.id}")
    sealed = zone.all(Resolution)[0]
    paper = zone.officer.get(f"/resolutions/{sealed.id}/paper")
    assert paper.status_code == 200
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert paper.content == zone.members[0].get(f"/resolutions/{sealed.id}/paper").content
    assert zone.site.person(Role.LEADER).get(f"/resolutions/{sealed.id}/paper").status_code == 404


def test_pages_read_in_english_too(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    for path in ("/cases", f"/cases/{case.id}", "/meetings", meeting, "/meetings/new"):
        assert zone.officer.get(path, params={"lang": "en"}).status_code == 200


def test_the_chair_ends_the_first_round_and_reasons_open_up_to_the_sitting(zone):
    zone.members.append(zone.site.person(Role.MEMBER, "member3"))
    case = zone.case()
    zone.meeting(case)
    for browser, vote in zip(zone.everybody[:3], ("for", "against", "for"), strict=True):
        zone.vote(browser, case, vote, f"{vote} 的首轮理由")
    page = zone.chair.get(f"/cases/{case.id}").text
    assert "against 的首轮理由" not in page
    ticked = re.findall(r'name="present" value="(\d+)" checked', page)
    assert len(ticked) == 3
    sent = zone.chair.sends(f"/cases/{case.id}/round", {"present": ticked[:2]}, opened=f"/cases/{case.id}")
    assert sent.status_code == 422
    assert "没有列为到会" in sent.text
    sent = zone.chair.sends(f"/cases/{case.id}/round", {"present": ticked}, opened=f"/cases/{case.id}")
    assert sent.status_code == 303, sent.text
    assert "against 的首轮理由" in zone.members[2].get(f"/cases/{case.id}").text
    assert "against 的首轮理由" not in zone.officer.get(f"/cases/{case.id}").text
    for browser in zone.everybody[:3]:
        zone.vote(browser, case, "for", "讨论后同意")
    assert zone.chair.sends(f"/cases/{case.id}/seal", opened=f"/cases/{case.id}").status_code == 303
    page = zone.officer.get(f"/cases/{case.id}").text
    assert "against 的首轮理由" in page
    paper = zone.officer.get(f"/resolutions/{zone.all(Resolution)[0].id}/paper").content
    said = "".join(each.extract_text() for each in PdfReader(BytesIO(paper)).pages).replace("\n", "")
    assert "第一轮" in said
    assert "against 的首轮理由" in said


def test_everybody_sees_why_a_case_was_set_back(zone):
    case = zone.case()
    zone.meeting(case)
    zone.vote(zone.chair, case)
    with writing(zone.site.database) as session:
        firm_id = session.get_one(Need, case.need_id).firm_id
    facts = {"as_of": TODAY.isoformat(), "tax_grade": "A"}
    sent = zone.officer.sends(f"/firms/{firm_id}/facts", facts)
    assert sent.status_code == 303, sent.text
    for reader in (zone.chair, zone.members[0], zone.officer, zone.site.person(Role.AUDITOR)):
        assert "“记录核验结果”更改了评分所依据的内容" in reader.get(f"/cases/{case.id}").text


def test_the_page_of_a_vote_says_what_passing_would_mean(zone):
    case = zone.case()
    zone.meeting(case)
    page = zone.chair.get(f"/cases/{case.id}").text
    part = page[page.index('id="if-passed"') :].split("</section>")[0]
    for said in ("若同意本项目", "120.0 万元 × 80.00 % = 96.0 万元", "19,200", "38,400", "代偿率依据", "同意后"):
        assert said in part, said
