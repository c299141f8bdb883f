import pytest


def test_the_switch_goes_round_and_is_kept(visitor):
    seen = []
    for _ in range(3):
        visitor.get("/about")
        answer = visitor.post("/theme", back="/about")
        assert answer.location == "/about"
        page = visitor.get("/about").text
        seen.append("light" if 'data-theme="light"' in page else "dark" if 'data-theme="dark"' in page else "system")
    assert seen == ["light", "dark", "system"]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "about", "/x\r\ny"])
def test_it_never_sends_anybody_elsewhere(visitor, back):
    visitor.get("/about")
    assert visitor.post("/theme", back=back).location == "/"


def test_a_nonsense_cookie_is_the_systems_theme(visitor):
    visitor.client.set_cookie("quizapp-theme", '"><script>')
    assert "data-theme" not in visitor.get("/about").text


def test_it_comes_back_to_the_very_address(visitor):
    result = visitor.play(visitor.start(), wrong=(1,))
    page = visitor.get(f"{result}?show=missed").text
    assert f'name="back" value="{result}?show=missed"' in page


def test_after_a_form_it_comes_back_to_the_page_the_form_was_on(visitor):
    first = visitor.start()
    visitor.get(first)
    answer = visitor.client.post(
        first, data={"csrf_token": visitor.token}, headers={"Referer": f"http://localhost{first}"}
    )
    assert answer.status_code == 422 and f'name="back" value="{first}"' in answer.text


def test_after_a_form_from_nowhere_it_comes_back_to_the_home_page(visitor):
    first = visitor.start()
    visitor.get(first)
    answer = visitor.client.post(first, data={"csrf_token": visitor.token}, headers={"Referer": "http://["})
    assert answer.status_code == 422 and 'name="back" value=""' in answer.text
