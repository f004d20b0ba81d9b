"""The pages on which customers confirm: they show what is asked and nothing else, and only a POST acts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

import pytest
from fastapi import FastAPI

from flowengine import Choose, Confirm, OrderBusy, Waive, Write
from flowengine.runtime.links import FORTNIGHT
from flowengine.texts import LANGUAGES, TEXTS
from flowengine.web import answers
from tests.runtime.shop import DESK, Shop, opened
from tests.web.browser import Browser, shown

SALE: Final = """
flowengine: 1
process: sale
version: "1"
language: zh
owner: desk
roles: {desk: {}, maker: {}}
order:
  number: "S-{serial:3}"
  fields:
    ref: text
    goods: {type: text, default: 椅子, title: {zh: 商品, en: Goods}}
    rows: {type: list, of: {sku: text, pieces: integer}}
    amount: {type: money, currency: CNY, default: 1200.5, title: {zh: 金额, en: Amount}}
    margin: {type: text, default: 四成毛利}
    score: {type: integer, min: 0, max: 100, title: {zh: 评分, en: Rating}}
    again: {type: boolean, title: {zh: 是否回购, en: Buy again}}
    way: {type: choice, choices: [door, shop], title: {zh: 收货方式, en: Way}}
    day: {type: date, title: {zh: 日期, en: Day}}
stages:
  review:
    owner: desk
    needs:
      agreed:
        confirm: customer
        title: {zh: 请确认订单, en: Please confirm}
        covers: [goods, rows, amount]
        waive: desk
    outcomes: {again_later: {to: review}}
  rate: {owner: desk, needs: {rated: {confirm: customer, asks: [score, again, way, day]}}, next: closed}
"""
ZH: Final = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}
EN: Final = {"accept-language": "en-GB,en;q=0.9"}


@pytest.fixture
def sale() -> Iterator[Shop]:
    with opened(SALE) as shop:
        shop.start(process="sale", rows=[{"sku": "A1", "pieces": 2}, {"sku": "B2", "pieces": 5}])
        yield shop


@pytest.fixture
def browser(sale: Shop) -> Browser:
    return Browser(answers(sale.engine))


@pytest.fixture
def path(sale: Shop) -> str:
    return "/" + sale.engine.link(1, "agreed", by=DESK).token


def rating(sale: Shop) -> str:
    """The path of a link that asks for fields."""
    sale.do(1, Confirm("agreed"))
    return "/" + sale.engine.link(1, "rated", by=DESK).token


def state(sale: Shop) -> Any:
    return sale.engine.order(1, by=DESK).row, sale.engine.links(1, by=DESK)


def test_it_shows_the_need_the_number_and_what_is_covered(browser: Browser, path: str) -> None:
    page = browser.get(path, headers=ZH)
    texts = shown(page).texts
    assert (page.status_code, page.headers["content-language"]) == (200, "zh")
    assert texts[:3] == ["请确认订单", "订单 S-001", "请确认订单"]
    assert texts[3:9] == ["商品", "椅子", "rows", "A1 2\nB2 5", "金额", "1,200.50 CNY"]


def test_it_shows_nothing_else_of_the_order(browser: Browser, path: str) -> None:
    told = " ".join(shown(browser.get(path)).texts)
    assert not [word for word in ("毛利", "margin", "desk", "review", "agreed", "评分") if word in told]


def test_a_scanner_that_follows_everything_any_number_of_times_changes_nothing(
    sale: Shop, browser: Browser, path: str
) -> None:
    before = state(sale)
    for method in ("GET", "HEAD", "GET", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE") * 3:
        page = browser.ask(method, path)
        assert page.status_code in (200, 404)
        for _, attributes in shown(page).tags:
            for link in filter(None, (attributes.get(name) for name in ("href", "src", "action"))):
                browser.get(link)
    browser.get(f"{path}?answer=yes")
    assert state(sale) == before


def test_a_post_acts_once(sale: Shop, browser: Browser, path: str) -> None:
    form = shown(browser.get(path)).form()
    done = browser.post(path, {**form, "answer": "yes"}, headers=EN)
    assert (done.status_code, shown(done).texts[-1]) == (200, "Your confirmation has arrived.")
    before = state(sale)
    assert sale.engine.order(1, by=DESK).row.stage == "rate"
    again = browser.post(path, {**form, "answer": "no", "reason": "x"}, headers=EN)
    assert (again.status_code, shown(again).texts[-1]) == (200, "This has been answered already. Thank you.")
    assert state(sale) == before


def test_a_no_wants_a_reason_and_reaches_whoever_is_accountable(
    sale: Shop, browser: Browser, path: str
) -> None:
    without = browser.post(path, {"answer": "no", "reason": " "}, headers=ZH)
    assert (without.status_code, "请说明原因。" in without.text) == (422, True)
    noted = browser.post(path, {"answer": "no", "reason": "地址不对"}, headers=ZH)
    assert (noted.status_code, "未作确认" in noted.text) == (200, True)
    told = sale.engine.messages(by=DESK).items[-1]
    assert (told.about, "地址不对" in told.payload) == ("refused", True)


def test_what_has_changed_since_it_was_shown_is_shown_again(sale: Shop, browser: Browser, path: str) -> None:
    form = shown(browser.get(path)).form()
    sale.do(1, Write({"amount": 9}))
    page = browser.post(path, {**form, "answer": "yes"}, headers=EN)
    assert page.status_code == 409
    assert "was changed meanwhile" in page.text
    assert "9.00 CNY" in page.text
    assert browser.post(path, {**shown(page).form(), "answer": "yes"}).status_code == 200


def test_nobody_confirms_without_what_they_were_shown(sale: Shop, browser: Browser, path: str) -> None:
    assert browser.post(path, {"answer": "yes"}).status_code == 409
    assert sale.engine.order(1, by=DESK).row.stage == "review"


def test_fields_are_filled_in_and_mended(sale: Shop, browser: Browser) -> None:
    path = rating(sale)
    kinds = {
        each["name"]: (tag, each.get("type"), each.get("min"), each.get("max"))
        for tag, each in shown(browser.get(path)).tags
        if str(each.get("name")).startswith("field.")
    }
    assert kinds == {
        "field.score": ("input", "number", "0", "100"),
        "field.again": ("select", None, None, None),
        "field.way": ("select", None, None, None),
        "field.day": ("input", "date", None, None),
    }
    said = {"answer": "yes", "shown": "", "field.score": "101", "field.again": "true", "field.way": "door"}
    page = browser.post(path, said, headers=EN)
    assert page.status_code == 422
    assert [text for text in shown(page).texts if "101" in text or "Day" in text][:2] == [
        "Rating (score): 101 is more than 100",
        "Please fill in: Day.",
    ]
    assert 'value="101"' in page.text  # what was typed is not lost
    assert 'value="door" selected' in page.text
    assert browser.post(path, {**said, "field.score": "95", "field.day": "2026-05-12"}).status_code == 200
    fields = sale.engine.order(1, by=DESK).order.fields
    assert [fields[name] for name in ("score", "again", "way", "day")] == [95, True, "door", "2026-05-12"]


def ended(shop: Shop) -> None:
    values = {"score": 1, "again": True, "way": "door", "day": "2026-05-12"}
    shop.do(1, Confirm("agreed"), Confirm("rated", values))


STATES: Final[dict[str, tuple[Callable[[Shop], Any], int, str]]] = {
    "went on": (lambda shop: shop.do(1, Waive("agreed"), by=DESK), 410, "gone"),
    "expired": (lambda shop: shop.wait(FORTNIGHT + 1), 410, "expired"),
    "revoked": (
        lambda shop: shop.engine.revoke_link(1, shop.engine.links(1, by=DESK)[0].id, by=DESK),
        410,
        "revoked",
    ),
    "asked anew": (lambda shop: shop.do(1, Choose("again_later")), 410, "gone"),
    "ended": (ended, 410, "ended"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("happens", "status", "said"), STATES.values(), ids=STATES)
def test_a_link_that_is_over_says_so_and_nothing_of_the_order(
    sale: Shop,
    browser: Browser,
    path: str,
    happens: Callable[[Shop], Any],
    status: int,
    said: str,
    lang: Any,
) -> None:
    happens(sale)
    for page in (browser.get(path, headers={"accept-language": lang}), browser.post(path, {"answer": "yes"})):
        assert page.status_code == status
        assert "S-001" not in page.text
        assert "1,200.50" not in page.text
    assert TEXTS[f"page.{said}"][lang] in browser.get(path, headers={"accept-language": lang}).text


@pytest.mark.parametrize("wrong", ["/" + "A" * 22, "/x", "/", "/a/b", "/%00", "/%ff%fe", "/" + "x" * 5_000])
def test_an_address_that_nobody_was_handed_is_no_page(browser: Browser, wrong: str) -> None:
    for page in (browser.get(wrong, headers=EN), browser.post(wrong, {"answer": "yes"}, headers=EN)):
        assert (page.status_code, "There is no such page" in page.text) == (404, True)


BODIES: Final[dict[str, tuple[str, bytes]]] = {
    "another kind": ("application/json", b'{"answer": "yes"}'),
    "files": ("multipart/form-data; boundary=x", b"--x--"),
    "too much": ("application/x-www-form-urlencoded", b"answer=yes&shown=" + b"x" * 70_000),
    "too many fields": ("application/x-www-form-urlencoded", b"a=1&" * 200 + b"answer=yes"),
    "no text": ("application/x-www-form-urlencoded", b"answer=\xff\xfe"),
    "control characters": ("application/x-www-form-urlencoded", b"answer=no&reason=%00%01"),
}


@pytest.mark.parametrize(("kind", "body"), BODIES.values(), ids=BODIES)
def test_what_no_form_of_ours_sends_is_not_understood(
    sale: Shop, browser: Browser, path: str, kind: str, body: bytes
) -> None:
    before = state(sale)
    page = browser.ask("POST", path, content=body, headers={"content-type": kind})
    assert page.status_code == 422
    assert state(sale) == before


CANARY: Final = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


def test_what_stands_in_an_order_is_text_and_never_code(sale: Shop, browser: Browser, path: str) -> None:
    sale.do(1, Write({"goods": CANARY, "rows": [{"sku": CANARY}]}))
    form = shown(browser.get(path)).form()
    pages = [browser.get(path), browser.post(path, {"answer": "yes", "shown": CANARY, "field.x": CANARY})]
    pages.append(browser.post(path, {**form, "answer": "no", "reason": ""}))
    for page in pages:
        assert not {"script", "img", "link", "iframe", "a"} & {tag for tag, _ in shown(page).tags}
        names = {name for _, attributes in shown(page).tags for name in attributes}
        assert not {name for name in names if name.startswith("on") or name in ("src", "href", "style")}
        assert CANARY in shown(page).texts


def test_a_browser_may_show_the_page_and_send_its_form_back_and_nothing_more(
    browser: Browser, path: str
) -> None:
    page = browser.get(path)
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = page.headers["content-security-policy"]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    for answer in (page, browser.get("/nobody"), browser.post(path, {})):
        told = answer.headers
        assert (told["cache-control"], told["referrer-policy"]) == ("no-store", "no-referrer")
        assert "noindex" in told["x-robots-tag"]
        assert "set-cookie" not in told
        assert told["content-security-policy"] == policy


TONGUES: Final = {
    "": "zh",  # that of the process
    "fr": "zh",
    "en": "en",
    "en-US,en;q=0.9,zh;q=0.8": "en",
    "en;q=0.2, zh-TW;q=0.7": "zh",
    "en;q=0": "zh",
    "de, en;q=0.5": "en",
    "en;q=very, *": "zh",
    "zh" * 10_000: "zh",
}


@pytest.mark.parametrize(("accepted", "lang"), TONGUES.items(), ids=range(len(TONGUES)))
def test_a_page_speaks_the_language_of_its_reader(
    browser: Browser, path: str, accepted: str, lang: str
) -> None:
    page = browser.get(path, headers={"accept-language": accepted})
    assert page.headers["content-language"] == lang
    assert ("Please confirm" in page.text) is (lang == "en")


def test_a_store_that_is_busy_is_told_and_nothing_is_lost(
    sale: Shop, browser: Browser, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any, **__: Any) -> Any:
        raise OrderBusy

    form = shown(browser.get(path)).form()
    for name in ("asked", "answer"):
        with monkeypatch.context() as patch:
            patch.setattr(sale.engine, name, busy)
            page = browser.get(path) if name == "asked" else browser.post(path, {**form, "answer": "yes"})
            assert page.status_code == 503
    assert browser.post(path, {**form, "answer": "yes"}).status_code == 200


def test_what_hinders_the_order_is_not_told_outside(sale: Shop, browser: Browser, path: str) -> None:
    """What the customer can do nothing about is said without what is inside."""
    strange = {"answer": "yes", **shown(browser.get(path)).form(), "field.margin": "9"}
    page = browser.post(path, strange, headers=EN)
    assert (page.status_code, "margin" in " ".join(shown(page).texts)) == (409, False)
    assert "cannot be taken just now" in page.text


def test_a_host_mounts_the_pages_where_it_likes(sale: Shop) -> None:
    host = FastAPI()
    host.mount("/c", answers(sale.engine))
    browser = Browser(host)
    url = sale.engine.link(1, "agreed", by=DESK).url("http://shop.example/c")
    form = shown(browser.get(url)).form()
    assert browser.post(url, {**form, "answer": "yes"}).status_code == 200
    assert browser.get("http://shop.example/c").status_code in (307, 404)
    assert sale.engine.order(1, by=DESK).row.stage == "rate"
    assert sale.do(1, Confirm("rated", {"score": 1, "again": True, "way": "door", "day": "2026-05-12"})).ok
