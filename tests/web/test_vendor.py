"""What the pages get from npm fits the page policy: nothing inline, nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from web.vendor import HERE, ICONS, MODULES, VENDOR, sprite, style


def test_a_picture_inside_a_style_sheet_becomes_a_file(tmp_path):
    css = """a{background:url("data:image/svg+xml,%3csvg fill='%23fff'/%3e")}b{color:red}\n/*# sourceMappingURL=x.map */"""
    said = style(css, tmp_path)
    picture = next(tmp_path.iterdir())
    assert picture.read_text() == "<svg fill='#fff'/>"
    assert said == f'a{{background:url("{tmp_path.name}/{picture.name}")}}b{{color:red}}\n'


def test_an_icon_that_does_not_exist_is_named():
    with pytest.raises(SystemExit, match="no-such-icon"):
        sprite(["no-such-icon"], MODULES / ICONS)


def test_the_sprite_holds_every_icon_asked_for_once():
    drawn = re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text())
    assert drawn == sorted(set((HERE / "icons.txt").read_text().split()))


def test_every_picture_of_the_style_sheet_lies_beside_it():
    addresses = set(re.findall(r'url\("?([^")]*)"?\)', (VENDOR / "tabler.min.css").read_text()))
    assert addresses
    assert {address for address in addresses if not (VENDOR / address).is_file()} == set()


@pytest.mark.parametrize("name", ["tabler.min.css", "tabler.min.js", "htmx.min.js"])
def test_no_front_end_file_points_to_a_source_map_or_loads_from_elsewhere(name):
    text = (VENDOR / name).read_text()
    assert "sourceMappingURL" not in text
    assert "@import" not in text
