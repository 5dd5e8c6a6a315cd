"""What a message says: the word of the act, the number of the matter, and the way to sign in. Nothing else ever."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from financing import wording
from financing.bulletins.delivering import Issue
from financing.notices.parcels import Outbound
from financing.notices.rules import Parceled
from financing.settings import Settings
from financing.words import _

PAGE = Markup(
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{}</title><body>{}<p>{}</p></body></html>'
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message in words: `lines` may hold blank ones between paragraphs; `stop` is empty for a code."""

    subject: str
    lines: tuple[str, ...]
    link: str
    stop: str

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, "", *self._foot()]) + "\n"

    @property
    def html(self) -> str:
        """The same as simple HTML: no picture, no script, nothing that is fetched."""
        body = Markup("").join(Markup("<p>{}</p>").format(line) for line in self.lines if line)
        foot = Markup("<br>").join(_linked(line) for line in self._foot())
        return str(PAGE.format(self.subject, body, foot))

    def _foot(self) -> list[str]:
        return [self.link, self.stop] if self.stop else [self.link]


def _linked(line: str) -> Markup:
    word, _blank, place = line.rpartition(" ")
    return Markup('{} <a href="{}">{}</a>').format(word, place, place) if place.startswith("http") else escape(line)


def written(out: Outbound, settings: Settings, *, code: str = "", stop: str = "") -> Message:
    """The message for one parcel: Chinese, and the same in English beneath where its reader asks for it."""
    langs = ("zh", "en") if out.lang == "en" else ("zh",)
    said = [_part(out, settings, lang, code) for lang in langs]
    lines = tuple(line for number, (_subject, part) in enumerate(said) for line in (*([""] if number else []), *part))
    link = " ".join([_both(_("登录查看："), langs), f"{settings.site}/notices"])
    end = " ".join([_both(_("不再接收，一键停止："), langs), stop]) if stop else ""
    return Message(" / ".join(subject for subject, _part in said), lines, link, end)


def bulletin(issue: Issue, lang: str, settings: Settings, stop: str) -> Message:
    """The message of one issue: what it says of what is for everybody, of the rest the headings alone."""
    langs = ("zh", "en") if lang == "en" else ("zh",)
    lines = [settings.zone_name, issue.title]
    for one in issue.sections:
        lines += ["", f"【{one.heading}】", *(one.text.splitlines() if one.open else [_both(_("登录后阅读。"), langs)])]
    link = " ".join([_both(_("在网页上阅读："), langs), f"{settings.site}/bulletins/{issue.bulletin_id}"])
    end = " ".join([_both(_("不再接收手机报，一键停止："), langs), stop])
    subject = wording.translate("zh")(_("【{house}】{title}")).format(house=_("园融通"), title=issue.title)
    return Message(subject, tuple(lines), link, end)


def _part(out: Outbound, settings: Settings, lang: str, code: str) -> tuple[str, list[str]]:
    """Subject and paragraphs in one language."""
    say = wording.translate(lang)
    house = say(_("园融通"))
    zone = settings.zone_name if lang == "zh" else settings.zone_english
    if out.kind is Parceled.CODE:
        first = say(_("您的确认码是 {code}，30 分钟内有效。如不是您本人操作，请忽略。")).format(code=code)
        return say(_("【{house}】确认码")).format(house=house), [zone, first]
    lines = [
        f"· {wording.name(one.act, lang)} {one.number} {wording.day(one.at)}".replace("  ", " ") for one in out.lines
    ]
    if out.more:
        lines.append(say(_("另有 {more} 项，请登录查看。")).format(more=out.more))
    return _subject(out, lang, house), [zone, say(_("与您有关的事项有新的进展：")), *lines]


def _subject(out: Outbound, lang: str, house: str) -> str:
    say = wording.translate(lang)
    if out.kind is Parceled.DIGEST or len(out.lines) != 1:
        count = len(out.lines) + out.more
        return say(_("【{house}】{count} 项通知")).format(house=house, count=count)
    one = out.lines[0]
    return (
        say(_("【{house}】{act} {number}"))
        .format(house=house, act=wording.name(one.act, lang), number=one.number)
        .strip()
    )


def _both(word: str, langs: tuple[str, ...]) -> str:
    return " ".join(wording.translate(lang)(word) for lang in langs)
