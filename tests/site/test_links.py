"""Links, titles and names of the built pages, read from the files without a browser."""

from pipeline.links import link_faults, page_faults, pages, title_faults, unreachable


def test_links_hold(site):
    faults = [line for page in pages(site) for line in link_faults(site, page)]
    assert not faults, "\n".join(faults)


def test_names_are_unique(site):
    faults = [line for page in pages(site) for line in page_faults(site, page)]
    faults += title_faults(site)
    assert not faults, "\n".join(faults)


def test_navigation_reaches_every_page(site):
    assert not unreachable(site)


def test_planted_faults_are_found(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "index.html").write_text(
        "<title>Same</title><nav class='md-nav--primary'><a href='a.html'></a></nav>"
    )
    (tmp_path / "a.html").write_text(
        "<title>Same</title><h1 id=x></h1><h1 id=x></h1><a href='https://example.org/x'></a>"
        "<a href='http://example.org'></a><a href='https://nowhere'></a><a href='b.html'></a>"
        "<a href='index.html#x'></a><a href='folder/'></a><img src='/logo.svg'><a href='#x'></a>"
    )
    (tmp_path / "lost.html").write_text("<title>Lost</title><h1>Lost</h1>")
    assert link_faults(tmp_path, "a.html") == [
        "a.html: http://example.org is not https",
        "a.html: https://nowhere is no address",
        "a.html: b.html points to no file of the site",
        "a.html: index.html#x points to no id of that page",
        "a.html: folder/ points to a folder, which does not open without a server",
        "a.html: /logo.svg starts at the host, so that it breaks below a folder",
    ]
    assert page_faults(tmp_path, "a.html") == [
        "a.html: 2 level-1 headings, not one",
        "a.html: the id x stands 2 times",
    ]
    assert title_faults(tmp_path) == ["the title 'Same' is that of a.html, index.html"]
    assert unreachable(tmp_path) == ["lost.html"]
