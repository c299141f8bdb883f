import re

import pytest

PAGES = ("/", "/banks/harbour", "/history", "/about", "/nowhere", "/hello")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_strict_headers(visitor, path):
    headers = visitor.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_styles_scripts_or_another_sites_address(visitor, path):
    page = visitor.get(path).text
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?! type=\"module\" src=)", page)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)


def test_static_files_with_their_hash_are_kept_for_a_year(visitor):
    address = re.search(r'href="(/static/look.css[^"]+)"', visitor.get("/").text)[1]
    assert "immutable" in visitor.get(address).headers["Cache-Control"]


def test_static_files_need_no_person(visitor, statements):
    visitor.start()
    statements()
    visitor.get("/static/look.css")
    assert statements() == []


@pytest.mark.parametrize("version", ["wrong", ""])
def test_a_static_file_asked_for_by_another_hash_is_not_kept_for_good(visitor, version):
    assert "immutable" not in visitor.get(f"/static/look.css?v={version}").headers.get("Cache-Control", "")
