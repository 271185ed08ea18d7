"""A table whose first heading is empty names its rows, and each stands in a box that scrolls."""

from planted import write

from pipeline.tables import BOX, name_rows

HEAD = "<table>\n<thead>\n<tr>\n<th{0}>{1}</th>\n<th>loss</th>\n</tr>\n</thead>\n"
ROW = "<tbody>\n<tr>\n<td>first</td>\n<td>1</td>\n</tr>\n</tbody>\n</table>"


def mended(folder, html):
    page = write(folder, "chapter/page.html", html)
    name_rows(folder)
    return page.read_text()


def test_rows_are_named_by_their_first_cell(tmp_path):
    row = ROW.replace("<td>first</td>", '<th scope="row">first</th>')
    head = HEAD.format("", "").replace("<th></th>", "<td></td>")
    assert mended(tmp_path, HEAD.format("", "") + ROW) == BOX.format(head + row)


def test_rows_of_other_tables_are_left_alone(tmp_path):
    html = HEAD.format("", "step") + ROW
    assert mended(tmp_path, html) == BOX.format(html)


def test_table_of_a_widget_is_left_alone(tmp_path):
    assert mended(tmp_path, "<table class='x'></table>") == "<table class='x'></table>"


def test_empty_heading_further_right_becomes_a_cell(tmp_path):
    html = HEAD.format("", "step").replace("<th>loss</th>", '<th style="x"></th>') + ROW
    right = html.replace('<th style="x"></th>', '<td style="x"></td>')
    assert mended(tmp_path, html) == BOX.format(right)
