"""Files of the zone's side on their way in (存档): checked as firms' papers are, kept until the transaction has its say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from litestar.datastructures import UploadFile

from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.papers import store
from financing.settings import Settings
from web import intake


@contextmanager
def filing(settings: Settings, given: Mapping[DocumentKind, UploadFile | None]) -> Iterator[list[Filed]]:
    """The files that were given, checked and kept; when the block fails they are taken away again.

    NotAPaper, or what is wrong with a workbook: before any byte is kept.
    """
    read = [(kind, file.filename or "", file.file.read()) for kind, file in given.items() if file is not None]
    media = [intake.unread(content, name, settings.upload_mib) for _, name, content in read]
    with ExitStack() as kept:
        yield [
            _filed(kept, settings, kind, name, content, form) for (kind, name, content), form in zip(read, media, strict=True)
        ]  # fmt: skip


def _filed(kept: ExitStack, settings: Settings, kind: DocumentKind, name: str, content: bytes, media: str) -> Filed:
    here = kept.enter_context(store.keeping(settings.uploads, content))
    return Filed(kind, name, media, here.size, here.sha256, here.stored)
