"""Papers (材料): what kinds there are, how many, and what a file is by its content. No database here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from financing.file_refusals import NotAPaper, NotAPicture
from financing.parties.permit_rules import Item

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PaperKind(StrEnum):
    LICENCE = "licence"
    STATEMENTS = "statements"
    INVOICES = "invoices"
    TAX = "tax"
    ORDERS = "orders"
    AUDIT = "audit"
    FLOW = "flow"
    FIRM_CREDIT = "firm_credit"
    IDENTITY = "identity"
    PERSON_CREDIT = "person_credit"
    SIGNED = "signed"
    PREMISES = "premises"
    ARTICLES = "articles"
    RESOLUTION = "resolution"
    PHOTO = "photo"
    PROOF = "proof"
    OTHER = "other"


class Unfit(StrEnum):
    """Why a paper cannot be used (不合格), said to the firm."""

    ILLEGIBLE = "illegible"
    EXPIRED = "expired"
    INCOMPLETE = "incomplete"
    OTHER_KIND = "other_kind"
    OTHER_FIRM = "other_firm"
    UNSEALED = "unsealed"
    CONTRADICTS = "contradicts"


class Standing(StrEnum):
    """Whether a paper on file counts."""

    GOOD = "good"
    REPLACED = "replaced"
    UNFIT = "unfit"
    OVER = "over"


class Side(StrEnum):
    """Which side of an invoice the firm stands on."""

    SALES = "out"
    PURCHASES = "in"


#: Workbooks that the platform reads itself; all other papers are kept as they came.
READ = frozenset({PaperKind.STATEMENTS, PaperKind.INVOICES})
#: Kinds that are good for a time only: their last day is asked for, and reminded of. A licence may be without an end.
EXPIRING = frozenset({PaperKind.LICENCE, PaperKind.PREMISES, PaperKind.PROOF})
ENDLESS = frozenset({PaperKind.LICENCE})
#: What each kind may be, by ending; content is checked, the ending only announces it.
ENDINGS = {
    PaperKind.STATEMENTS: (".xlsx", ".csv"),
    PaperKind.INVOICES: (".xlsx", ".csv"),
}
ANY_PAPER = (".pdf", ".png", ".jpg", ".jpeg", ".xlsx")


#: Kinds that a firm hands in, and lets others than the office see, only under separate consents (单独同意).
NEEDS: Mapping[PaperKind, tuple[Item, ...]] = {
    PaperKind.FLOW: (Item.SENSITIVE,),
    PaperKind.IDENTITY: (Item.SENSITIVE,),
    PaperKind.FIRM_CREDIT: (Item.CREDIT,),
    PaperKind.PERSON_CREDIT: (Item.SENSITIVE, Item.PERSON_CREDIT),
}


#: What stays with the office whatever the firm agrees to.
OFFICE_ONLY = frozenset({PaperKind.SIGNED})


def shown(kind: PaperKind, given: Collection[Item]) -> bool:
    """Whether banks and the committee may see a paper of this kind while the firm agrees to these items."""
    return kind not in OFFICE_ONLY and all(item in given for item in NEEDS.get(kind, ()))


class Owed(StrEnum):
    """What a need cannot go without."""

    FIGURES = "figures"  # statements or invoices, either will do


def owed(on_file: Collection[PaperKind]) -> tuple[Owed, ...]:
    """What is still missing before a need can be handed in."""
    return () if READ & set(on_file) else (Owed.FIGURES,)


#: Which papers can show a soft asset.
PROOFS = {
    "order_cover": frozenset({PaperKind.ORDERS}),
    "receivables_confirmed": frozenset({PaperKind.ORDERS, PaperKind.OTHER}),
    "patents": frozenset({PaperKind.OTHER}),
    "certificates": frozenset({PaperKind.OTHER}),
    "qualified_enterprise": frozenset({PaperKind.OTHER}),
    "park_bills_paid": frozenset({PaperKind.OTHER}),
}

#: How much one firm may keep here.
MOST_FILES, MOST_BYTES = 300, 200 << 20
FIRST_YEAR = 2000  # of statements
#: What a file is, by its first bytes alone.
MEDIA = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": WORKBOOK,
}


def picture_of(content: bytes) -> str:
    """The media type of a photo; NotAPicture for anything else."""
    media = next((media for start, media in MEDIA.items() if content.startswith(start)), "")
    if not media.startswith("image/"):
        raise NotAPicture
    return media


def media_of(content: bytes, **where: str) -> str:
    """The media type of a paper by its first bytes; NotAPaper for anything else, whatever it calls itself.

    `where`: the field that the refusal points to.
    """
    for start, media in MEDIA.items():
        if content.startswith(start):
            return media
    raise NotAPaper(**where)
