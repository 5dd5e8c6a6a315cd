"""Pages of related parties: the drawing and its table, entering and ending, and the report a related guarantee owes."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import related, related_views
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.model import GuaranteeCase
from financing.parties.model import Firm, Guarantor, Relation
from financing.parties.rules import RelationKind, RelationSource
from financing.refusals import NotFound
from web.fields import Day, Percent, Text, Upload
from web.filing import filing
from web.forms import Form
from web.graph import graph
from web.page import Answer, Page, get, post


class RelationForm(Form):
    kind: RelationKind
    party: Annotated[str, Text(120)]
    mark: Annotated[str, Text(40)] | None = None
    holding: Percent | None = None
    since: Day
    source: RelationSource

    def facts(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "name": self.party, "mark": self.mark or "", "share": self.holding, "since": self.since,
            "source": self.source,
        }  # fmt: skip


class ReportForm(Form):
    proof: Upload


class RelationPages(Controller):
    @get("/firms/{key:int}/relations", name="relations")
    def of_firm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            picture = related_views.of_firm(desk, desk.get(Firm, key))
        return request.show("relations/show.html", picture=picture, graph=graph(picture), key=key, act=Act)

    @get("/guarantor/relations", name="relations.guarantor")
    def of_guarantor(self, request: Page) -> Answer:
        with request.desk() as desk:
            picture = related_views.of_guarantor(desk, _guarantor(desk))
        return request.show("relations/show.html", picture=picture, graph=graph(picture), key=0, act=Act)

    @get("/firms/{key:int}/relations/add", name="relation.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            name = desk.get(Firm, key).name
        return request.show("relations/form.html", form=request.sheet(RelationForm), name_of=name, key=key, act=Act)

    @post("/firms/{key:int}/relations/add", name=Act.ADD_RELATION, page=form)
    def add(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RelationForm)
        with request.desk() as desk:
            related.enter(desk, desk.get(Firm, key), **form.facts())
            return request.go("relations", key=key)

    @get("/guarantor/relations/add", name="relation.guarantor.form")
    def guarantor_form(self, request: Page) -> Answer:
        with request.desk() as desk:
            name = _guarantor(desk).name
        return request.show("relations/form.html", form=request.sheet(RelationForm), name_of=name, key=0, act=Act)

    @post("/guarantor/relations/add", name="relation.guarantor.add", page=guarantor_form)
    def add_to_guarantor(self, request: Page) -> Answer:
        form = request.read(RelationForm)
        with request.desk() as desk:
            related.enter(desk, None, **form.facts())
            return request.go("relations.guarantor")

    @post("/relations/{key:int}/end", name=Act.END_RELATION)
    def end(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            relation = desk.get(Relation, key)
            related.end(desk, relation)
            if relation.firm_id is None:
                return request.go("relations.guarantor")
            return request.go("relations", key=relation.firm_id)

    @post("/cases/{key:int}/report", name=Act.REPORT_CASE, upload=True)
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            desk.get(GuaranteeCase, key)  # before the form: who may not see the case is told nothing about it
        form = request.read(ReportForm)
        files = {DocumentKind.PROOF: form.proof}
        with filing(request.app.state.settings, files) as (filed,), request.desk() as desk:
            related.report(desk, desk.get(GuaranteeCase, key), filed)
            return request.go("case.show", key=key)


def _guarantor(desk: Desk) -> Guarantor:
    if (found := desk.find(Guarantor)) is None:
        raise NotFound(kind="guarantor")
    return found
