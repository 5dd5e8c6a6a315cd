"""Pages of tasks: what is to be done by whom, and one task with its proof."""

from __future__ import annotations

from typing import Annotated, ClassVar

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.helping import people, task_views, tasks
from financing.helping.task_model import Task
from financing.helping.task_views import Which
from financing.papers.rules import PaperKind
from web.attached import attached
from web.fields import Text, Upload, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class ProofForm(Form):
    task_proof: Annotated[str, Text(500, lines=True)]
    proof_paper: Upload | None = None


class ReturnForm(Form):
    tag: ClassVar[str] = "return-"
    reason: Annotated[str, Text(500, lines=True)]


class DropForm(Form):
    tag: ClassVar[str] = "drop-"
    reason: Annotated[str, Text(500, lines=True)]


class TaskPages(Controller):
    @get("/tasks", name="tasks")
    def listed(self, request: Page, which: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        shown = one_of(Which, which) or Which.OPEN
        with request.desk(write=False) as desk:
            found = task_views.tasks(desk, shown, min(page, 10_000))
        return request.show("helping/tasks.html", found=found, which=shown, whiches=Which)

    @get("/tasks/{key:int}", name="task.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = task_views.task(desk, desk.get(Task, key))
        return request.show(
            "helping/task.html", found=found, act=Act, form=request.sheet(ProofForm), back=request.sheet(ReturnForm),
            drop=request.sheet(DropForm),
        )  # fmt: skip

    @post("/tasks/{key:int}/prove", name=Act.PROVE_TASK, page=show, upload=True)
    def prove(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ProofForm)
        with attached(request.app.state.settings, form.proof_paper, PaperKind.PROOF) as put, request.desk() as desk:
            task = desk.get(Task, key)
            paper = put(desk, people.firm(desk, task.firm_id)) if task.firm_id else None
            tasks.prove(desk, task, form.task_proof, paper)
            return request.go("task.show", key=key)

    @post("/tasks/{key:int}/accept", name=Act.ACCEPT_TASK, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            tasks.accept(desk, desk.get(Task, key))
            return request.go("task.show", key=key)

    @post("/tasks/{key:int}/return", name=Act.RETURN_TASK, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReturnForm)
        with request.desk() as desk:
            tasks.send_back(desk, desk.get(Task, key), form.reason)
            return request.go("task.show", key=key)

    @post("/tasks/{key:int}/drop", name=Act.DROP_TASK, page=show)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DropForm)
        with request.desk() as desk:
            tasks.drop(desk, desk.get(Task, key), form.reason)
            return request.go("task.show", key=key)
