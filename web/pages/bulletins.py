"""The bulletin (企业手机报): archive and issues for everybody, the editor's desk, one's own subscription, and the stop link."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.access import SYSTEM
from financing.acts import Act
from financing.bulletins import service, subscriptions, views
from financing.bulletins.model import Bulletin, Subscription
from financing.bulletins.rules import LONGEST_HEADING, LONGEST_TEXT, Section, Topic
from financing.desk import BEIJING, opened
from financing.notices import addresses, rules
from financing.notices.rules import Fate, Medium
from financing.refusals import NotFound
from financing.setting_refusals import StopLinkBroken
from reports.bulletin import issue
from web.fields import Day, Text, Whole, Yes
from web.forms import Form
from web.page import Answer, Page, address, get, post
from web.post.sending import BULLETINS, Post


class TitleForm(Form):
    bulletin_title: Annotated[str, Text(LONGEST_HEADING)]


class SectionForm(Form):
    place: Annotated[int, Field(ge=1, le=1_000)]
    section_topic: Topic
    section_heading: Annotated[str, Text(LONGEST_HEADING)]
    section_text: Annotated[str, Text(LONGEST_TEXT, lines=True)]
    remove: Yes = False


class SendForm(Form):
    send_on: Day | None = None
    send_hour: Annotated[int, Whole(0, 23, "时")] = 9


class WhyForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class WishForm(Form):
    wanted_topics: list[Topic] = []
    wanted_media: list[Medium] = []


class BulletinPages(Controller):
    path = "/bulletins"

    @get("/", name="bulletins")
    def archive(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.archive(desk, min(page, 100_000))
        return request.show("bulletins/list.html", found=found, act=Act, form=request.sheet(TitleForm))

    @post("/", name=Act.DRAFT_BULLETIN, page=archive)
    def begin(self, request: Page) -> Answer:
        form = request.read(TitleForm)
        with request.desk() as desk:
            made = service.begin(desk, form.bulletin_title)
            return request.go("bulletin.form", key=made.id)

    @get("/{key:int}", name="bulletin.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Bulletin, key))
        sheets = {Act.PROPOSE_BULLETIN: request.sheet(SendForm), Act.RETURN_BULLETIN: request.sheet(WhyForm)}
        tried = Act.PROPOSE_BULLETIN if request.route_handler.name == Act.PROPOSE_BULLETIN else Act.RETURN_BULLETIN
        return request.show(
            "bulletins/show.html", found=found, act=Act, send_form=sheets[Act.PROPOSE_BULLETIN],
            why_form=sheets[Act.RETURN_BULLETIN], wrong=sheets[tried],
        )  # fmt: skip

    @get("/{key:int}/paper", name="bulletin.paper")
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Bulletin, key))
        settings = request.app.state.settings
        place = settings.site + address(request.app, "bulletin.show", key=key)
        return request.paper(
            issue(found.bulletin, found.sections, settings.zone_name, place, request.lang), found.bulletin.number
        )

    @get("/{key:int}/edit", name="bulletin.form")
    def form(self, request: Page, key: FromPath[int], place: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            bulletin = desk.get(Bulletin, key)
        told = bulletin.told
        place = place if 1 <= place <= len(told) else len(told) + 1
        one = told[place - 1] if place <= len(told) else None
        given = {
            "section_topic": one.topic if one else None,
            "section_heading": one.heading if one else None,
            "section_text": one.text if one else None,
        }
        return request.show(
            "bulletins/edit.html", bulletin=bulletin, rows=list(enumerate(told, 1)), place=place, one=one, act=Act,
            form=request.sheet(SectionForm, place=place, **given),
        )  # fmt: skip

    @post("/{key:int}/edit", name=Act.EDIT_BULLETIN, page=form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SectionForm)
        section = Section(form.section_topic, form.section_heading, form.section_text)
        with request.desk() as desk:
            bulletin = desk.get(Bulletin, key, version=form.version)
            service.write(desk, bulletin, form.place, None if form.remove else section)
            return request.go("bulletin.form", key=key)

    @post("/{key:int}/propose", name=Act.PROPOSE_BULLETIN, page=show)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SendForm)
        wanted = datetime.combine(form.send_on, time(form.send_hour), BEIJING) if form.send_on else None
        with request.desk() as desk:
            service.propose(desk, desk.get(Bulletin, key), wanted)
            return request.go("bulletin.show", key=key)

    @post("/{key:int}/publish", name=Act.PUBLISH_BULLETIN, page=show)
    def publish(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            service.publish(desk, desk.get(Bulletin, key, version=form.version))
            return request.go("bulletin.show", key=key)

    @post("/{key:int}/return", name=Act.RETURN_BULLETIN, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WhyForm)
        with request.desk() as desk:
            service.send_back(desk, desk.get(Bulletin, key), form.reason)
            return request.go("bulletin.show", key=key)

    @post("/{key:int}/drop", name=Act.DROP_BULLETIN, page=show)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WhyForm)
        with request.desk() as desk:
            service.drop(desk, desk.get(Bulletin, key), form.reason)
            return request.go("bulletins")

    @get("/{key:int}/deliveries", name="bulletin.deliveries")
    def deliveries(self, request: Page, key: FromPath[int], page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            bulletin = desk.get(Bulletin, key)
            found = views.sending(desk, bulletin, min(page, 100_000))
        return request.show("bulletins/deliveries.html", bulletin=bulletin, found=found, fates=Fate)


class SubscriptionPages(Controller):
    @get("/subscription", name="subscription")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            own, reached = subscriptions.mine(desk), addresses.mine(desk)
        live = own if own and own.live else None
        given = {"wanted_topics": live.topics, "wanted_media": live.media} if live else {}
        confirmed = {medium for medium, one in reached.items() if one.confirmed_at is not None}
        return request.show(
            "bulletins/subscription.html", own=live, confirmed=confirmed, media=tuple(Medium), act=Act,
            form=request.sheet(WishForm, **given),
        )  # fmt: skip

    @post("/subscription", name=Act.SUBSCRIBE, page=mine)
    def choose(self, request: Page) -> Answer:
        form = request.read(WishForm)
        with request.desk() as desk:
            subscriptions.choose(desk, form.wanted_topics, form.wanted_media)
            return request.go("subscription")

    @get("/stop/bulletins/{token:str}", name="subscription.stop.form")
    def stop_page(self, request: Page, token: FromPath[str]) -> Answer:
        _subscription(request, token)
        return request.show("bulletins/stop.html", token=token, stopped=False, act=Act)

    @post("/stop/bulletins/{token:str}", name=Act.STOP_BULLETINS)
    def stop(self, request: Page, token: FromPath[str]) -> Answer:
        """What a mail program sends by itself (RFC 8058), and what the button on the page sends."""
        key = _subscription(request, token)
        with opened(request.app.state.database, SYSTEM, request.now, request.clue) as desk:
            subscriptions.stop(desk, desk.get(Subscription, key))
        return request.show("bulletins/stop.html", token=token, stopped=True, act=Act)


def _subscription(request: Page, token: str) -> int:
    """The subscription that a stop link names; StopLinkBroken for what we did not sign, or is no more."""
    key = rules.stopped(Post.of(request.app.state.settings).secret, token, BULLETINS)
    if key is None:
        raise StopLinkBroken
    with opened(request.app.state.database, SYSTEM, request.now, write=False) as desk:
        try:
            return desk.get(Subscription, key).id
        except NotFound:
            raise StopLinkBroken from None
