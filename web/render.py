"""Templates to text: one environment for each language, with every word and helper a page may use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, MutableMapping
from functools import cache, partial
from pathlib import Path
from types import BuiltinMethodType, CodeType, FunctionType, MethodType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, runtime
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from typing_extensions import override

from financing import masks, wording
from financing.clocks.rules import colour
from financing.credit.rules import months_after
from financing.forums.day_rules import Deed, Said
from financing.money import Fen
from web import figure_words, recusal_words, score_words, signs, tones
from web.affording import times

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")


@cache
def fingerprint(path: str) -> str:
    """The first characters of a static file's hash, so that a new file has a new address."""
    file = HERE / "static" / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "absent"


def static_url(path: str) -> str:
    return f"/static/{path}?v={fingerprint(path)}"


#: What templates call without wanting to know the context: asking each time costs more than most of the calls.
PLAIN = (FunctionType, MethodType, BuiltinMethodType, partial, type(fingerprint))


class Context(runtime.Context):
    """Calls plain functions and macros of a template directly; the answer is the same."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is not Macro and (kind not in PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


class Templates(Environment):
    """Templates share one dictionary of what all of them know: a chain of two is asked key by key at every import."""

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(own) if own else self.globals


class Compiled(BytecodeCache):
    """What a template was compiled to, for every environment of this process: they differ in words, not in code."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType]] = {}

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key] = bucket.checksum, bucket.code


COMPILED = Compiled()


def words(lang: str) -> dict[str, Any]:
    """What templates call to say things in one language."""
    return {
        "lang": lang,
        "name": partial(wording.name, lang=lang),
        "spoken": partial(wording.spoken, lang=lang),
        "field_name": partial(wording.field, lang=lang),
        "consequence": partial(wording.consequence, lang=lang),
        "sentence": partial(wording.sentence, lang=lang),
        "at_bounds": partial(wording.at_bounds, lang=lang),
        "next_step": partial(wording.next_step, lang=lang),
        "wan": partial(wording.wan, lang=lang),
        "worth": partial(wording.worth, lang=lang),
        "yuan": partial(wording.yuan, lang=lang),
        "percent": wording.percent,
        "phone_for": masks.phone_for,
        "day": wording.day,
        "clock_time": wording.clock_time,
        "said_word": Said,
        "deed_word": Deed,
        "deadline": partial(wording.deadline, lang=lang),
        "credit_code": wording.credit_code,
        "translate": wording.translate(lang),
        "static_url": static_url,
        **signs.signs(lang, fingerprint("vendor/icons.svg")),
        "look": tones.look,
        "colour": colour,
        "share": tones.share,
        "fen": Fen,
        "times": times,
        **figure_words.told(lang),
        **score_words.told(lang),
        "months_after": months_after,
        "evidence_word": partial(recusal_words.evidence_word, lang=lang),
        "party_word": partial(recusal_words.party_word, lang=lang),
    }


def groupby_in_order(things: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Groups in the order in which they first appear; Jinja's own groupby sorts them by name."""
    groups: dict[Any, list[Any]] = {}
    for thing in things:
        groups.setdefault(getattr(thing, attribute), []).append(thing)
    return list(groups.items())


def numbered(things: Iterable[Any]) -> list[tuple[int, Any]]:
    """Things with their numbers from one, for tables whose rows are numbered."""
    return list(enumerate(things, 1))


def environment(lang: str, folder: Path = HERE / "templates") -> Environment:
    """Autoescaped, and an unknown name in a template is an error, not a blank."""
    made = Templates(
        loader=FileSystemLoader(folder),
        bytecode_cache=COMPILED,
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.context_class = Context
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(wording.translations(lang), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    made.globals.update(words(lang))
    made.filters["groupby_in_order"] = groupby_in_order
    made.filters["numbered"] = numbered
    return made


def environments() -> Mapping[str, Environment]:
    return {lang: environment(lang) for lang in LANGUAGES}
