"""A table whose first heading is empty names its rows."""

import pytest
from planted import write

from pipeline.tables import name_rows

HEAD = "<table>\n<thead>\n<tr>\n<th{0}>{1}</th>\n<th>loss</th>\n</tr>\n</thead>\n"
ROW = "<tbody>\n<tr>\n<td>first</td>\n<td>1</td>\n</tr>\n</tbody>\n</table>"


def mended(folder, html):
    page = write(folder, "chapter/page.html", html)
    name_rows(folder)
    return page.read_text()


def test_rows_are_named_by_their_first_cell(tmp_path):
    row = ROW.replace("<td>first</td>", '<th scope="row">first</th>')
    head = HEAD.format("", "").replace("<th></th>", "<td></td>")
    assert mended(tmp_path, HEAD.format("", "") + ROW) == head + row


@pytest.mark.parametrize("html", [HEAD.format("", "step") + ROW, "<table class='x'></table>"])
def test_other_tables_are_left_alone(tmp_path, html):
    assert mended(tmp_path, html) == html


def test_empty_heading_further_right_becomes_a_cell(tmp_path):
    html = HEAD.format("", "step").replace("<th>loss</th>", '<th style="x"></th>') + ROW
    assert mended(tmp_path, html) == html.replace('<th style="x"></th>', '<td style="x"></td>')
