"""Bulletins for firms (企业手机报): topics, sections, who may read what, how an issue moves. No database here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from financing.acts import Act
from financing.flow import Flow


class BulletinState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DROPPED = "dropped"


S = BulletinState
FLOW = Flow(
    start=S.DRAFT,
    steps={
        (S.DRAFT, Act.EDIT_BULLETIN): S.DRAFT,
        (S.DRAFT, Act.PROPOSE_BULLETIN): S.PROPOSED,
        (S.DRAFT, Act.DROP_BULLETIN): S.DROPPED,
        (S.PROPOSED, Act.PUBLISH_BULLETIN): S.PUBLISHED,
        (S.PROPOSED, Act.RETURN_BULLETIN): S.DRAFT,
    },
)


class Topic(StrEnum):
    """What a section is about, and what a reader chooses."""

    POLICY = "policy"
    FIGURES = "figures"
    SESSIONS = "sessions"
    DEADLINES = "deadlines"
    FUND = "fund"
    NEWS = "news"


#: Topics that anybody may read; the others are for people with an account.
OPEN = frozenset({Topic.POLICY, Topic.FIGURES, Topic.SESSIONS, Topic.DEADLINES})
MOST_SECTIONS = 20
LONGEST_HEADING, LONGEST_TEXT = 60, 2_000
#: A section that somebody typed, and not one that was drafted.
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of an issue; `source` is what drafted it."""

    topic: Topic
    heading: str
    text: str
    source: str = TYPED

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Self:
        return cls(**{**plain, "topic": Topic(plain["topic"])})

    @property
    def open(self) -> bool:
        """Whether anybody may read it."""
        return self.topic in OPEN
