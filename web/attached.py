"""A firm's paper that comes with another form (附件): checked as papers are, kept until the transaction has its say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from litestar.datastructures import UploadFile

from financing.desk import Desk
from financing.papers import service as papers
from financing.papers import store
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.settings import Settings
from web import intake

#: Puts the paper on the firm's file at an open desk; None when there was no file.
Put = Callable[[Desk, Firm], Paper | None]


@contextmanager
def attached(settings: Settings, upload: UploadFile | None, kind: PaperKind) -> Iterator[Put]:
    """The file that was given, if any, to be put on file in the block; taken away again when the block fails.

    NotAPaper, or what is wrong with a workbook: before any byte is kept.
    """
    if upload is None or not upload.filename:
        yield lambda _desk, _firm: None
        return
    name, content = upload.filename, upload.file.read()
    media, made = intake.unread(content, name, settings.upload_mib), list[Paper]()
    with store.keeping(settings.uploads, content) as kept:

        def put(desk: Desk, firm: Firm) -> Paper:
            facts = {
                "kind": kind,
                "name": name,
                "media": media,
                "size": kept.size,
                "sha256": kept.sha256,
                "stored": kept.stored,
            }
            made.append(papers.add(desk, firm, **facts))  # type: ignore[arg-type]  # as `add` names them
            return made[0]

        yield put
        if made and made[0].stored != kept.stored:
            store.forget(settings.uploads, kept.stored)
