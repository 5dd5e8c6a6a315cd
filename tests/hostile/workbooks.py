"""Makers of hostile workbooks, small seeds all: each entry of HOSTILE gives a file name, its bytes and the code it must meet."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
MIB = 2**20

PARTS = {
    TYPES: f"""{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxml\
formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/\
workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""",
    "_rels/.rels": f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" \
Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""{HEAD}<workbook {SPACE} xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" \
r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" \
Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/sharedStrings" \
Target="sharedStrings.xml"/></Relationships>""",
    SHEET: f"{HEAD}<worksheet {SPACE}><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
}


def package(changes: dict[str, str | bytes] | None = None, *, method: int = ZIP_DEFLATED) -> bytes:
    """A small sound workbook with parts added or replaced."""
    sink = BytesIO()
    with ZipFile(sink, "w", method) as parts:
        for name, text in {**PARTS, **(changes or {})}.items():
            parts.writestr(ZipInfo(name) if method == ZIP_STORED else name, text)
    return sink.getvalue()


def sheet(*rows: str) -> str:
    """A worksheet of these rows."""
    return f"{HEAD}<worksheet {SPACE}><sheetData>{''.join(rows)}</sheetData></worksheet>"


def swollen(part: str, before: str, middle: bytes, times: int, after: str) -> bytes:
    """A workbook with one part that repeats its middle, written as it is packed."""
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=9) as parts:
        for name, text in PARTS.items():
            if name != part:
                parts.writestr(name, text)
        with parts.open(part, "w") as stream:
            stream.write(before.encode())
            for _ in range(times):
                stream.write(middle)
            stream.write(after.encode())
    return sink.getvalue()


def ten_million_cells() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>"
    return swollen(SHEET, f"{HEAD}<worksheet {SPACE}><sheetData>", row * 200, 1_000, "</sheetData></worksheet>")


def dense_cells() -> bytes:
    """Three million cells that no ratio gives away."""
    dice = random.Random(7)
    rows = [
        "<row>" + "".join(f"<c><v>{digit}</v></c>" for digit in dice.choices("0123456789", k=50)) + "</row>"
        for _ in range(600)
    ]
    return package({SHEET: sheet(*("".join(dice.sample(rows, 600)) for _ in range(100)))})


def one_long_string() -> bytes:
    return swollen(STRINGS, f"{HEAD}<sst {SPACE}><si><t>", b"A" * MIB, 256, "</t></si></sst>")


def many_references_to_a_string() -> bytes:
    """Small in the zip and unpacked, 60,000 x 60,000 characters once every reference is written out."""
    noise = random.Random(3)
    rows = "".join(
        f"<row r='{n}'><c r='A{n}' t='s'><v>0</v></c><c r='B{n}'><v>{noise.random()}</v></c></row>"
        for n in range(1, 60_001)
    )
    strings = f"{HEAD}<sst {SPACE}><si><t>{''.join(noise.choices('abcdefgh', k=60_000))}</t></si></sst>"
    return package({SHEET: sheet(rows), STRINGS: strings})


def far_cell() -> bytes:
    return package(
        {
            SHEET: sheet(
                "<row r='1'><c r='A1'><v>1</v></c></row>", "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
            )
        }
    )


def far_row() -> bytes:
    return package(
        {SHEET: sheet("<row r='1'><c r='A1'><v>1</v></c></row>", "<row r='1048576'><c r='A1048576'><v>1</v></c></row>")}
    )


def wide_row() -> bytes:
    return package({SHEET: sheet("<row r='1'><c r='A1'><v>1</v></c><c r='BM1'><v>1</v></c></row>")})


def long_cell() -> bytes:
    return package({SHEET: sheet(f"<row r='1'><c r='A1' t='inlineStr'><is><t>{'长' * 2_001}</t></is></c></row>")})


def many_members() -> bytes:
    return package({f"xl/x{n}.xml": "" for n in range(100_000)})


def members_within_the_directory_limit() -> bytes:
    return package({f"x{n}": "" for n in range(2_001)})


def understated_size() -> bytes:
    """The directory says a part is shorter than it is: a trusting counter stops early."""
    return _restated(package({SHEET: sheet("<row/>" * 1_000)}), SHEET, 100)


def overstated_size() -> bytes:
    return _restated(package(), SHEET, 2**31 - 1)


def _restated(content: bytes, part: str, size: int) -> bytes:
    at = content.index(part.encode(), content.index(b"PK\x01\x02")) - 46
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def overlapping() -> bytes:
    """Two entries of the directory share one body."""
    content = bytearray(package({"xl/styles.xml": PARTS[SHEET], SHEET: PARTS[SHEET]}))
    first = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    second = content.index(b"xl/styles.xml", first) - 46
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def nested() -> bytes:
    return package({"xl/media/inner.bin": package()})


def password_on_the_zip() -> bytes:
    content = bytearray(package())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def password_on_the_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16le") + bytes(400)


def old_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16le") + bytes(400)


def macro_content_type() -> bytes:
    return package(
        {
            TYPES: PARTS[TYPES].replace(
                "openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled"
            )
        }
    )


def declared(part: str, text: str = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>') -> Callable[[], bytes]:
    """A part with a document type, which could name files or multiply entities."""
    body = PARTS.get(part, f"{HEAD}<sst {SPACE}/>")
    return lambda: package({part: HEAD + text + body.removeprefix(HEAD)})


def declared_across_chunks() -> bytes:
    """The mark straddles the seam between two unpacked megabytes."""
    noise = "".join(random.Random(5).choices("0123456789abcdef", k=2 * MIB))
    return package({STRINGS: f"{noise[: MIB - 4]}<!DOCTYPE x>{noise}"})


def declared_in_utf16() -> bytes:
    return package({STRINGS: f"<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE x><sst {SPACE}/>".encode("utf-16")})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return declared(STRINGS, f'<!DOCTYPE l [<!ENTITY l0 "ha">{entities}]>')()


def twice_the_same_part() -> bytes:
    content = package({"xl/worksheets/sheet2.xml": PARTS[SHEET]})
    return content.replace(b"xl/worksheets/sheet2.xml", SHEET.encode())


def other_name_inside() -> bytes:
    content = package()
    return content.replace(SHEET.encode(), b"xl/worksheets/sheet9.xml", 1)


def with_part(name: str, body: str | bytes = b"x") -> Callable[[], bytes]:
    return lambda: package({name: body})


def renamed(name: str) -> Callable[[], bytes]:
    """A part whose name steps out; written by replacing bytes, for no tool would write it."""
    return lambda: package({"q" * len(name): "x"}).replace(b"q" * len(name), name.encode())


def garbled(seed: int) -> Callable[[], bytes]:
    """A sound workbook with sixteen bytes of the sheet's XML replaced before packing."""

    def make() -> bytes:
        dice = random.Random(seed)
        text = bytearray(PARTS[SHEET].encode())
        for _ in range(16):
            text[dice.randrange(len(text))] = dice.choice(b"<>&/'\"=x")
        return package({SHEET: bytes(b"<" * 40 + text)})

    return make


#: What it is -> (file name, maker, the code of the refusal it must meet).
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "ten million cells": ("a.xlsx", ten_million_cells, "workbook_bomb"),
    "three million cells": ("a.xlsx", dense_cells, "workbook_bomb"),
    "one string of 256 MiB": ("a.xlsx", one_long_string, "workbook_bomb"),
    "one string referred to 60,000 times": ("a.xlsx", many_references_to_a_string, "workbook_bomb"),
    "a cell at XFD1048576": ("a.xlsx", far_cell, "workbook_bomb"),
    "a row at 1,048,576": ("a.xlsx", far_row, "workbook_too_large"),
    "65 columns": ("a.xlsx", wide_row, "workbook_too_large"),
    "a cell of 2,001 characters": ("a.xlsx", long_cell, "workbook_too_large"),
    "21 MiB": ("a.xlsx", lambda: bytes(21 * MIB), "workbook_too_large"),
    "100,000 members": ("a.xlsx", many_members, "workbook_bomb"),
    "2,001 members": ("a.xlsx", members_within_the_directory_limit, "workbook_bomb"),
    "a size understated": ("a.xlsx", understated_size, "workbook_bomb"),
    "a size overstated": ("a.xlsx", overstated_size, "workbook_bomb"),
    "overlapping members": ("a.xlsx", overlapping, "workbook_bomb"),
    "a zip in the zip": ("a.xlsx", nested, "workbook_bomb"),
    "a password on the zip": ("a.xlsx", password_on_the_zip, "workbook_encrypted"),
    "a password on the workbook": ("a.xlsx", password_on_the_workbook, "workbook_encrypted"),
    "macros": ("a.xlsx", with_part("xl/vbaProject.bin"), "workbook_macro"),
    "macros by content type": ("a.xlsx", macro_content_type, "workbook_macro"),
    "macro sheets": ("a.xlsx", with_part("xl/macrosheets/sheet1.xml"), "workbook_macro"),
    "macros by name": ("a.xlsm", package, "workbook_macro"),
    "external links": ("a.xlsx", with_part("xl/externalLinks/externalLink1.xml"), "workbook_external"),
    "external links in capitals": ("a.xlsx", with_part("XL/EXTERNALLINKS/E1.XML"), "workbook_external"),
    "an embedded object": ("a.xlsx", with_part("xl/embeddings/oleObject1.bin"), "workbook_external"),
    "an embedded object elsewhere": ("a.xlsx", with_part("xl/x.bin", password_on_the_workbook()), "workbook_external"),
    "a data connection": ("a.xlsx", with_part("xl/connections.xml"), "workbook_external"),
    "an active control": ("a.xlsx", with_part("xl/activeX/activeX1.xml"), "workbook_external"),
    "a document type in the strings": ("a.xlsx", declared(STRINGS), "workbook_unreadable"),
    "a document type in the workbook": ("a.xlsx", declared("xl/workbook.xml"), "workbook_unreadable"),
    "a document type in the relations": ("a.xlsx", declared("xl/_rels/workbook.xml.rels"), "workbook_unreadable"),
    "a document type in a drawing": ("a.xlsx", declared("xl/drawings/drawing1.xml"), "workbook_unreadable"),
    "a document type across chunks": ("a.xlsx", declared_across_chunks, "workbook_unreadable"),
    "a document type in UTF-16": ("a.xlsx", declared_in_utf16, "workbook_unreadable"),
    "a billion laughs": ("a.xlsx", laughs, "workbook_unreadable"),
    "a part twice": ("a.xlsx", twice_the_same_part, "workbook_unreadable"),
    "another name inside": ("a.xlsx", other_name_inside, "workbook_unreadable"),
    "an absolute name": ("a.xlsx", renamed("/etc/cron.d/x"), "workbook_unreadable"),
    "a name that climbs": ("a.xlsx", renamed("xl/../../x"), "workbook_unreadable"),
    "a name with a drive": ("a.xlsx", renamed("C:/x.xml"), "workbook_unreadable"),
    "a name that climbs backwards": ("a.xlsx", renamed("..\\..\\x"), "workbook_unreadable"),
    "a file before the zip": ("a.xlsx", lambda: b"PK\x03\x04%PDF-1.7 " + package(), "workbook_unreadable"),
    "a file after the zip": ("a.xlsx", lambda: package() + b"<script>", "workbook_unreadable"),
    "half a zip": ("a.xlsx", lambda: package()[:500], "workbook_unreadable"),
    "only a beginning": ("a.xlsx", lambda: b"PK\x03\x04", "workbook_unreadable"),
    "no sheet": ("a.xlsx", lambda: package({SHEET: ""}), "workbook_unreadable"),
    "broken XML": ("a.xlsx", lambda: package({"xl/workbook.xml": "<workbook"}), "workbook_unreadable"),
    **{f"garbled XML {seed}": ("a.xlsx", garbled(seed), "workbook_unreadable") for seed in range(3)},
    "an empty sheet": ("a.xlsx", lambda: package({SHEET: sheet()}), "workbook_empty"),
    "an empty file": ("a.xlsx", bytes, "workbook_empty"),
    "an old workbook": ("a.xlsx", old_workbook, "not_a_workbook"),
    "an old workbook by name": ("a.xls", old_workbook, "not_a_workbook"),
    "a paper": ("a.xlsx", lambda: b"%PDF-1.7\n", "not_a_workbook"),
    "another zip": ("a.xlsx", lambda: _zip({"a.txt": "x"}), "not_a_workbook"),
    "a program": ("a.exe", lambda: b"MZ", "not_a_workbook"),
    "a workbook called CSV": ("a.csv", package, "not_a_workbook"),
    "NUL in CSV": ("a.csv", lambda: b"a,b\0", "not_a_workbook"),
    "CSV in no encoding": ("a.csv", lambda: b"a,\xff\xff\xff", "workbook_unreadable"),
    "CSV with an open quote": ("a.csv", lambda: b'a,"b', "workbook_unreadable"),
    "CSV with a huge cell": ("a.csv", lambda: b"a," + b"x" * 70_000, "workbook_unreadable"),
    "CSV of 65 columns": ("a.csv", lambda: b"," * 64, "workbook_too_large"),
    "CSV of 100,002 rows": ("a.csv", lambda: b"1\n" * 100_002, "workbook_too_large"),
}


def _zip(parts: dict[str, str]) -> bytes:
    sink = BytesIO()
    with ZipFile(sink, "w") as package_:
        for name, text in parts.items():
            package_.writestr(name, text)
    return sink.getvalue()
