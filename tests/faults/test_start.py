"""A server that could not keep its word does not start, and one that runs is not disturbed by a second."""

from __future__ import annotations

from urllib.request import urlopen

import pytest

from tests.served import Installation


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"WORKERS": "2", "DATABASE_URL": ""}, "YUANRONG_WORKERS"),
        ({"PUBLIC_URL": "http://rong.example.gov.cn"}, "https://"),
        ({"DATABASE_URL": "mysql://db/yuanrong"}, "YUANRONG_DATABASE_URL"),
        ({"UPLOAD_MIB": "0"}, "YUANRONG_UPLOAD_MIB"),
    ],
)
def test_a_restart_with_a_setting_that_is_not_safe_is_refused_in_a_sentence(
    tmp_path, sqlite_url, setting, says
) -> None:
    said = Installation(tmp_path, sqlite_url, **setting).runs("serve", fails=True)
    assert says in said
    assert "Traceback" not in said


def test_a_second_server_on_the_same_file_is_refused_and_the_first_goes_on(tmp_path, sqlite_url) -> None:
    first = Installation(tmp_path, sqlite_url)
    first.start()
    try:
        said = Installation(tmp_path, sqlite_url).runs("serve", fails=True)
        assert "Traceback" not in said
        with urlopen(f"{first.address}/health", timeout=20) as answer:
            assert answer.status == 200
    finally:
        first.stop()
