"""A form is either right, or shown again with all that was typed and a sentence at each field (docs/decisions/0003)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar, Union, get_args, get_origin

from annotated_types import GroupedMetadata, Len, MaxLen
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from financing import wording
from financing.money import Fen, Rate
from financing.refusals import Impossible, Refusal
from web.complaints import complaint
from web.fields import Choices, Control

Value: TypeAlias = str | UploadFile
HIDDEN = ("csrf", "once", "proving")  # what every form carries or may carry, and no form declares


class Form(BaseModel):
    """A form as people fill it in; unknown fields are refused. `version` is the row's when the page was opened."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True, arbitrary_types_allowed=True)

    #: Goes before the names of its fields where one page holds several forms, so that each label names one field.
    tag: ClassVar[str] = ""

    version: Annotated[int | None, Field(ge=0, le=2**53)] = None


F = TypeVar("F", bound=Form)


class FormErrors(Refusal):
    """At least one field needs mending; `errors` holds one complaint of pydantic's for each."""

    code = "form_errors"

    def __init__(self, errors: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors


def part(kind: type[Form], names: Sequence[str]) -> type[Form]:
    """The form with some of its fields alone, for a page that asks one group of questions."""
    left: dict[str, Any] = {name: (kind.model_fields[name].annotation, kind.model_fields[name]) for name in names}
    return create_model(f"Part{kind.__name__}", __base__=Form, **left)


def read(kind: type[F], fields: Sequence[tuple[str, Value]]) -> F:
    """The form as values of the domain; FormErrors when a field is not right."""
    try:
        return kind.model_validate(_gathered(kind, fields))
    except ValidationError as wrong:
        found: dict[str, Mapping[str, Any]] = {}
        for error in wrong.errors(include_url=False):
            found.setdefault(str(error["loc"][0]) if error["loc"] else "", error)
        raise FormErrors(found) from None


def _gathered(kind: type[Form], fields: Sequence[tuple[str, Value]]) -> dict[str, Any]:
    """Fields by name: several values where the form takes several, nothing where nothing was typed."""
    gathered: dict[str, Any] = {}
    for name, value in fields:
        if name in HIDDEN or (isinstance(value, str) and not value.strip()) or _no_file(value):
            continue
        if name in kind.model_fields and _many(kind.model_fields[name]):
            gathered.setdefault(name, []).append(value)
        elif gathered.setdefault(name, value) is not value:
            raise HTTPException(
                status_code=400
            )  # one field sent twice: whichever we took, somebody would mean the other
    return gathered


def _no_file(value: Value) -> bool:
    return isinstance(value, UploadFile) and not value.filename


def _kernel(annotation: Any) -> Any:
    """The type inside `X | None` and Annotated."""
    if get_origin(annotation) is Annotated:
        return _kernel(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return _kernel(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _metadata(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _unpacked(annotation.__metadata__)
    for part in get_args(annotation):
        yield from _metadata(part)


def _unpacked(marks: Iterable[Any]) -> Iterator[Any]:
    for mark in marks:
        if isinstance(mark, GroupedMetadata):
            yield from _unpacked(mark)
        else:
            yield mark


def _many(info: FieldInfo) -> bool:
    return get_origin(_kernel(info.annotation)) in {list, tuple, set, frozenset}


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as a page shows it."""

    name: str
    at: str  # its place on the page
    label: str
    kind: str
    unit: str
    required: bool
    longest: int | None
    choices: tuple[tuple[str, str], ...]
    values: tuple[str, ...]
    error: str

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


class Sheet:
    """A form on a page: its fields by name, with what stands in them and what is wrong with them."""

    def __init__(
        self, kind: type[Form], lang: str, values: Mapping[str, tuple[str, ...]], refusal: Refusal | None = None
    ) -> None:
        self.kind, self.lang, self.values, self.refusal = kind, lang, values, refusal
        raw = refusal.errors if isinstance(refusal, FormErrors) else {}
        self.errors = {name: complaint(error, lang) for name, error in raw.items()}
        field = refusal.facts.get("field") if refusal else None
        if refusal and isinstance(field, str) and field in kind.model_fields:
            self.errors[field] = wording.sentence(refusal, lang)
        self.errors |= wording.at_fields(refusal, lang) if isinstance(refusal, Impossible) else {}

    def __getitem__(self, name: str) -> Shown:
        info = self.kind.model_fields[name]
        marks = [*_unpacked(info.metadata), *_metadata(info.annotation)]
        kernel = _kernel(info.annotation)
        limited = next((mark.words for mark in marks if isinstance(mark, Choices)), None)
        choices = _choices(kernel, self.lang) if limited is None else _worded(limited, self.lang)
        control = _control(self.kind, name)
        return Shown(
            name=name,
            at=self.kind.tag + name,
            label=self._label(name),
            kind="choices" if choices and _many(info) else "choice" if choices else control.kind,
            unit=wording.translate(self.lang)(control.unit) if control.unit else "",
            required=info.is_required(),
            longest=next((m.max_length for m in marks if isinstance(m, MaxLen | Len)), None),
            choices=choices,
            values=self.values.get(name, ()),
            error=self.errors.get(name, ""),
        )

    def word(self, key: str) -> str:
        """Another field's name, in the language of the page."""
        return wording.field(key, self.lang)

    @property
    def version(self) -> str:
        return next(iter(self.values.get("version", ())), "")

    @property
    def trouble(self) -> tuple[tuple[str, str, str], ...]:
        """Field, its label and what is wrong, in the order of the form; for the summary on top."""
        order = [*self.kind.model_fields, *self.errors]
        names = sorted(self.errors, key=order.index)
        return tuple((self.kind.tag + name, self._label(name), self.errors[name]) for name in names)

    def _label(self, name: str) -> str:
        info = self.kind.model_fields.get(name)
        return (info.title if info else None) or wording.field(name, self.lang)


def _control(kind: type[Form], name: str) -> Control:
    """How a field is asked for: its unit, and the kind of its input."""
    info = kind.model_fields.get(name)
    if info is None:
        return Control("text")
    marks = (*_unpacked(info.metadata), *_metadata(info.annotation))
    return next((mark for mark in marks if isinstance(mark, Control)), Control(_kind(_kernel(info.annotation))))


def _kind(kernel: Any) -> str:
    return {int: "number", bool: "tick", date: "date"}.get(kernel, "text")


def _choices(kernel: Any, lang: str) -> tuple[tuple[str, str], ...]:
    inner = _kernel(get_args(kernel)[0]) if get_args(kernel) else kernel
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return _worded(inner, lang)
    return ()


def _worded(words: Iterable[StrEnum], lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((word.value, wording.name(word, lang)) for word in words)


def as_text(value: object, unit: str = "") -> tuple[str, ...]:
    """A value of the domain as it stands in an input: amounts in 万元 unless its unit is 元, rates in percent."""
    match value:
        case None | False:
            return ()
        case True:
            return ("true",)
        case Fen():
            return (_plain(Decimal(value.fen) / (100 if unit == "元" else 1_000_000)),)
        case Rate():
            return (_plain(Decimal(value.ppm) / 10_000),)
        case list() | tuple() | set() | frozenset():
            return tuple(text for inner in value for text in as_text(inner, unit))
    return (str(value),)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def standing(kind: type[Form], thing: object, given: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """What stands in the fields when the page is opened: the thing's own values, then what is given by name."""
    own = {name: getattr(thing, name, None) for name in kind.model_fields} if thing is not None else {}
    return {name: as_text(value, _control(kind, name).unit) for name, value in {**own, **given}.items()}


def typed(fields: Sequence[tuple[str, Value]]) -> dict[str, tuple[str, ...]]:
    """What was typed, to be shown again; a password or a file is never sent back."""
    again: dict[str, tuple[str, ...]] = {}
    for name, value in fields:
        if isinstance(value, str) and name not in HIDDEN and "password" not in name:
            again[name] = (*again.get(name, ()), value)
    return again
