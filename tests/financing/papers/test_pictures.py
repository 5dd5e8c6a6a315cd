"""What is kept of a picture: every point of it, and nothing that a camera wrote into it. Judged by another program, Pillow."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from financing.file_refusals import PictureBroken, PictureTooLarge
from financing.papers import store
from financing.papers.pictures import MOST_PIXELS, bared
from financing.refusals import Refusal
from tests.hostile.files import PAPERS, picture
from web.stage.photo import photo

SECRET = b"Canon EOS of Zhao"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(mode: str = "RGB") -> Image.Image:
    image = Image.effect_noise((96, 64), 90).convert(mode)
    image.paste(7 if mode == "L" else image.getpixel((0, 0)), (0, 0, 30, 9))
    return image


def shot(turned: int, **saved) -> bytes:
    """As a telephone writes it: maker, place on earth, a word of its own, a comment, a profile of colours."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010F], exif[0x9C9C] = turned, SECRET.decode(), SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 42.0, 7.5), 3: "E", 4: (116.0, 0.0, 1.2)})
    drawn(saved.pop("mode", "RGB")).save(
        out,
        "JPEG",
        exif=exif,
        comment=SECRET,
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        icc_profile=PROFILE,
        **saved,
    )
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    "saved", [{}, {"progressive": True}, {"quality": 30, "restart_marker_blocks": 2}, {"mode": "L"}, {"mode": "CMYK"}]
)
@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_photo_keeps_its_points_its_colours_and_which_side_is_up_and_nothing_else(turned, saved):
    before = shot(turned, **saved)
    after = bared(before + b"PK\x03\x04 " + SECRET)
    assert SECRET in before and SECRET not in after
    was, now = opened(before), opened(after)
    assert now.tobytes() == was.tobytes() and now.mode == was.mode
    assert now.info["icc_profile"] == PROFILE and "comment" not in now.info and "xmp" not in now.info
    assert dict(now.getexif()) == ({} if turned == 1 else {0x0112: turned})
    assert not now.getexif().get_ifd(0x8825)
    assert ImageOps.exif_transpose(now).size == ImageOps.exif_transpose(was).size
    assert bared(after) == after


def test_a_png_keeps_its_points_and_none_of_its_texts():
    words, out = PngImagePlugin.PngInfo(), io.BytesIO()
    words.add_text("Author", SECRET.decode(), zip=True)
    words.add_itxt("Location", SECRET.decode())
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    drawn("P").save(out, "PNG", pnginfo=words, exif=exif, icc_profile=PROFILE, transparency=3, dpi=(300, 300))
    before = out.getvalue()
    after = bared(before + SECRET)
    assert (opened(after).tobytes(), opened(after).getpalette()) == (
        opened(before).tobytes(),
        opened(before).getpalette(),
    )
    assert opened(after).info.keys() == {"transparency", "icc_profile", "dpi"}
    assert len(opened(before).text) == 2
    assert bared(after) == after
    assert bared(photo(3)) == photo(3)


def test_a_picture_that_cannot_be_seen_is_refused_and_one_cut_short_is_still_a_picture(tmp_path):
    whole = shot(6)
    cut = bared(whole[: len(whole) - 400])
    Image.open(io.BytesIO(cut)).verify()
    with pytest.raises(PictureTooLarge):
        bared(picture(MOST_PIXELS // 1_000 + 1, 1_000))
    assert bared(picture(MOST_PIXELS // 1_000, 1_000))
    for content in (
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0<script>",
        whole[:200],
        b"\x89PNG\r\n\x1a\n",
        photo(1)[:-20],
        b"\xff\xd8\xff\xd9",
    ):
        with pytest.raises(PictureBroken), store.keeping(tmp_path, content):
            pytest.fail("nothing is kept")
    assert list(tmp_path.iterdir()) == []


@given(st.sampled_from([shot(6), shot(1, progressive=True), photo(2), *PAPERS]), st.data())
def test_bytes_bent_anyhow_are_a_picture_or_a_refusal_and_never_more_than_they_were(content, data):
    bent = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        if bent:
            bent[data.draw(st.integers(0, len(bent) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = bared(bytes(bent))
    except Refusal:
        return
    assert len(kept) <= len(bent) and bared(kept) == kept


def test_what_is_no_picture_comes_back_as_it_is():
    for content in (b"", b"%PDF-1.7" + SECRET, b"PK\x03\x04" + zlib.compress(SECRET)):
        assert bared(content) == content
