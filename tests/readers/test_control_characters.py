"""Control characters in text: what Word leaves behind is dropped, binary data is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.readers import read
from auditor.readers.encoding import NotText, decode

TEXT = "项目支出绩效目标表，河道保洁项目，保洁河道31公里，群众满意度不低于90%。\n" * 6
MARKS = "\x07\x0b\x1e\x1f\x02\x05\x08"


@given(st.lists(st.integers(0, len(TEXT)), max_size=24), st.sampled_from(MARKS), st.sampled_from(["utf-8", "gb18030"]))
def test_marks_in_chinese_text_are_dropped(spots, mark, encoding):
    text = TEXT
    for at in sorted(spots, reverse=True):
        text = text[:at] + mark + text[at:]
    found, name = decode(text.encode(encoding))
    assert name == encoding
    assert found.replace("\x0b", "") == TEXT


@given(st.binary(min_size=200, max_size=400))
def test_binary_data_stays_refused_or_free_of_controls(data):
    data += bytes(range(1, 9)) * 40
    with pytest.raises(NotText):
        decode(data)


def test_a_text_file_with_marks_is_read(tmp_path):
    from tests.readers.forms.test_running_text import RENDER, one_project

    text = RENDER.project_table_text(one_project())
    path = tmp_path / "t.txt"
    path.write_text(text.replace("；", "；\x07").replace("河道", "河\x1f道"), encoding="utf-8")
    document = read(path)
    assert document.gaps == () and [one.title for one in document.projects] == ["河道保洁项目"]
    assert document.projects[0].indicators[0].annual_target.text == "31公里"
