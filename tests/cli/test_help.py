"""Help: every verb says in both languages what it does and shows calls, which run one after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from flowengine import new_master_key
from flowengine.cli.desk import Desk
from flowengine.cli.do import DOABLE
from flowengine.cli.helping import Told
from flowengine.cli.main import cli
from flowengine.cli.verbs import VERBS
from flowengine.texts import LANGUAGES, TEXTS, Lang, say

NUMBER = "202602-001"
WRITTEN = ("order.svg", "scenario.schema.json", ".pdf", "http://127.0.0.1")

PARCEL = """
flowengine: 1
process: parcel
version: "1"
owner: desk
order: {fields: {waybill: text, place: text, phone: {type: text, private: phone}}}
roles: {desk: {}}
stages: {road: {owner: desk, needs: {arrived: check}, next: closed}}
events:
  scan:
    data: {parcel: text, place: text}
    match: {waybill: event.parcel}
    creates: true
    sets: {place: event.place}
"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", DOABLE)
def test_what_can_be_done_with_an_order_stands_in_the_help(verb: str, lang: Lang) -> None:
    assert re.search(rf"(?<![a-z_]){verb}(?![a-z_])", say("help.do", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_summary_options_and_an_example(call: Any, verb: str, lang: Lang) -> None:
    shown = call(verb, "--help", "--lang", lang)
    assert shown.exit_code == 0
    flat = "".join(shown.stdout.split())
    assert "".join(say(f"help.{verb}", lang).split()) in flat
    assert f"  flowengine {verb}" in shown.stdout
    for line in (examples := say(f"help.{verb}.example", lang).splitlines()):
        assert f"  {line}\n" in shown.stdout
    assert not any("--help" in line for line in examples), "an example shows what the verb does"
    assert "--lang" in shown.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_help_lists_every_verb(call: Any, lang: Lang) -> None:
    shown = call("--help", "--lang", lang).stdout
    flat = "".join(shown.split())
    for verb in VERBS:
        assert f"\n  {verb} " in shown
        assert "".join(say(f"help.{verb}", lang).split()) in flat


def test_summaries_are_one_sentence_in_each_language() -> None:
    for verb in VERBS:
        assert TEXTS[f"help.{verb}"]["en"].count(". ") == 0
        assert TEXTS[f"help.{verb}"]["en"].endswith(".")
        assert TEXTS[f"help.{verb}"]["zh"].endswith("。")
        assert TEXTS[f"help.{verb}"]["zh"].count("。") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_run_one_after_the_other(
    call: Any, clock: Any, folder: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)  # it would serve for ever
    (folder / "orders.csv").write_text(
        "customer,amount\n上海某某公司,100\n", encoding="utf-8" if lang == "en" else "gb18030"
    )
    (folder / "parcel.yaml").write_text(PARCEL, encoding="utf-8")
    monkeypatch.setenv("FLOWENGINE_MASTER_KEY", new_master_key())
    for words in (["deploy", "parcel.yaml"], ["start", "parcel", "phone=13800001234", "--as", "ann:desk"]):
        assert call(*words).exit_code == 0
    (folder / "transfer.pdf").write_bytes(b"%PDF-1.7")
    for verb in (*(verb for verb in VERBS if verb != "import"), "import"):
        for line in say(f"help.{verb}.example", lang).splitlines():
            _, *words = shlex.split(line)
            done = call(*words, *_until_done(words), stdin=_typed(words))
            assert (line, done.exit_code, done.stderr[:200]) == (line, 0, _noted(done.stderr))
    assert (folder / "order.svg").read_text("utf-8").startswith("<svg")
    assert f"{NUMBER[:-1]}2" in call("list").stdout


def _until_done(words: list[str]) -> list[str]:
    """A worker would go on for ever: here, until nothing is due."""
    return ["--once"] if words[0] == "worker" and "--once" not in words else []


def _typed(words: list[str]) -> str | None:
    """What a trainee answers; alone, the order desk need not see to the inspection and the waybill."""
    if words[0] != "train":
        return None
    review = ["customer_known", "payment_voucher", ""]
    inspected = [*review, "failed", "scratched", *review, "goods_checked", "waybill", ""]
    return "\n".join([*review, *review] if "--as" in words else inspected) + "\n"


def _noted(stderr: str) -> str:
    """What an example may say on stderr: where it wrote a file, or that evidence is kept by reference."""
    return stderr[:200] if not stderr or any(name in stderr for name in WRITTEN) else ""


def test_version(call: Any) -> None:
    assert call("--version").stdout.startswith("flowengine")


def options_of(verb: str) -> list[click.Option]:
    command = cli.get_command(click.Context(cli), verb) if verb else cli
    assert command
    return [each for each in command.params if isinstance(each, click.Option)]


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_every_option_says_in_both_languages_what_it_does(call: Any, verb: str) -> None:
    shown = {lang: call(*verb.split(), "--help", "--lang", lang).stdout for lang in LANGUAGES}
    for option in options_of(verb):
        assert isinstance(option, Told), f"{option.opts}: made with `option`, whose help is the key of a text"
        for lang, text in shown.items():
            said = say(option.help or "", lang)
            assert "".join(said.split()) in "".join(text.split()), (option.opts, lang)


def test_no_text_is_of_an_option_that_is_gone() -> None:
    said = {option.help for verb in ("", *VERBS) for option in options_of(verb)}
    assert {key for key in TEXTS if key.startswith("option.")} - said == {"option.help"}


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_nothing_of_clicks_own_is_english_in_chinese_help(call: Any, verb: str) -> None:
    shown = call(*verb.split(), "--help", "--lang", "zh").stdout
    assert shown.startswith("用法：flowengine")
    for word in ("Usage", "Options", "OPTIONS", "COMMAND", "Commands", "Show this", "default:", "env var"):
        assert word not in shown
    assert "选项:" in shown
    assert "--help" in shown
    assert "显示此帮助。" in shown


def test_the_environment_chooses_the_language_of_the_options(call: Any) -> None:
    env = {"LANG": "zh_CN.UTF-8"}
    for words in ((), ("list", "--help"), ("--help",)):
        done = call(*words, env=env)
        assert (done.stdout or done.stderr).startswith("用法：flowengine")
    assert "[环境变量：FLOWENGINE_DB；默认：flowengine.db]" in call("list", "--help", env=env).stdout
    english = call("list", "--help").stdout
    assert english.startswith("Usage: flowengine list [OPTIONS]\n")
    assert "At most so many lines.  [default: 50; 1<=x<=200]" in english


@pytest.mark.parametrize(("lang", "said"), [("en", "Only what was given up."), ("zh", "只列出已放弃的。")])
def test_a_shell_that_completes_words_is_told_the_same(lang: Lang, said: str) -> None:
    context = click.Context(command := cli.get_command(click.Context(cli), "outbox"), obj=Desk(lang=lang))
    assert said in [item.help for item in command.shell_complete(context, "--")]
