"""Errors of the engine, of the system and of click as sentences, in both languages, with the exit code."""

from __future__ import annotations

import click
import pytest

from flowengine import errors
from flowengine.cli.trouble import complaint
from flowengine.runtime.missing import denied, missing, reused
from flowengine.texts import LANGUAGES, Lang

# What went wrong, the exit code, the English and the Chinese sentence.
ERRORS: dict[str, tuple[Exception, int, str, str]] = {
    "not found": (
        missing("order", number="9"), 1,
        "error: x.db: there is no order '9'; list what exists with `flowengine list`",
        "错误：x.db：找不到订单“9”；可用 `flowengine list` 查看现有的订单",
    ),
    "not allowed": (
        denied("order", order=9, roles=["desk", "lead"]), 1,
        "error: x.db: order 9 needs one of the roles desk, lead; name a person who holds one with --as",
        "错误：x.db：无权查看（订单 9 须由以下角色之一查看：desk、lead）；请用 --as 指定具有相应角色的人",
    ),
    "key reused": (
        reused(key="k", number="A7"), 1,
        "error: x.db: the key 'k' was used for another command on order A7; use a new --key for each command",
        "错误：x.db：键“k”已用于订单 A7 的另一条命令；每条命令请用新的 --key",
    ),
    "store unusable": (
        errors.StoreUnusable("disk full"), 1,
        "error: x.db: disk full; check the path given with --db, its permissions and its free space",
        "错误：x.db：数据库无法使用（disk full）；请检查 --db 的路径、权限和剩余空间",
    ),
    "order busy": (
        errors.OrderBusy("the database stayed locked; try again"), 1,
        "error: x.db: the database stayed locked; try again",
        "错误：x.db：数据库正忙，未写入任何内容（the database stayed locked; try again）；请稍后重试",
    ),
    "any other of the engine": (
        errors.WrongInput("too wide"), 1,
        "error: too wide",
        "错误：操作未能完成（too wide）",
    ),
    "the system": (
        PermissionError(13, "Denied", "a/b"), 1,
        "error: a/b: the system refuses (Denied); check the path, its permissions and its free space",
        "错误：a/b：系统拒绝操作（Denied）；请检查路径、权限和剩余空间",
    ),
    "wrong use": (
        click.UsageError("No such option: -x."), 2,
        "error: flowengine: No such option: -x; see `flowengine --help`",
        "错误：flowengine：用法有误（No such option: -x）；请查看 `flowengine --help --lang zh`",
    ),
    "an interrupt": (
        click.Abort(), 130,
        "error: interrupted: what was done before stays done; give the command again for the rest",
        "错误：已中断：此前完成的部分仍然有效；其余部分请重新运行",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_one_sentence(name: str, lang: Lang) -> None:
    error, code, english, chinese = ERRORS[name]
    assert complaint(error, lang, "x.db") == (english if lang == "en" else chinese, code)


WHOLE = (errors.NoMasterKey, errors.NoCrypto, errors.WrongMasterKey)
"""Errors of one cause only: their sentence says all that there is to say."""


def test_every_error_of_the_engine_has_a_sentence() -> None:
    kinds: list[type[errors.FlowEngineError]] = [
        errors.FlowEngineError,
        *(kind for kind in errors.FlowEngineError.__subclasses__() if kind.__module__ == errors.__name__),
    ]
    for kind in kinds:
        for lang in LANGUAGES:
            said, code = complaint(kind("what it is about"), lang, "x.db")
            assert code == 1
            assert "what it is about" in said or kind in WHOLE
