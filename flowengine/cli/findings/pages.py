"""The page of each finding: what it means, why it matters, a bad and a good example that are both checked.

Each stands as a YAML file in `pages/`; the verb `finding` prints it, and `docs/findings/` is made from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from flowengine.texts import TEXTS, Lang, say

_CODE: Final = re.compile(r"FE[0-9]{3}")
_PLACEHOLDER: Final = re.compile(r"(?<!\{)\{\w+\}(?!\})")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that is printed in an example for what cannot be: `times` times `text`, each `{n}` numbered."""

    shown: str
    text: str
    times: int

    def written(self) -> str:
        """What it stands for."""
        return "".join(self.text.replace("{n}", str(number)) for number in range(1, self.times + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `name` is that of the example's file, `files` are those that stand beside it, and `numbered`
    those that stand there as often as the sign says.

    The bad example is saved in `encoding`; `others` are the codes that it cannot but give too; what
    `expects` a kind of value is an expression alone.
    """

    code: str
    why: Mapping[Lang, str]
    bad: str
    good: str
    name: str = "order.yaml"
    files: Mapping[str, str] = field(default_factory=dict)
    numbered: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    sign: Sign | None = None
    others: tuple[str, ...] = ()
    expects: str = ""

    def text(self, lang: Lang, said: Sequence[str] = ()) -> str:
        """The page as it is printed, with what is `said` of the bad example."""
        return "\n".join(self._lines(lang, said, text=True)).rstrip()

    def markdown(self, lang: Lang, said: Sequence[str] = ()) -> str:
        """The page as a document."""
        return "\n".join(self._lines(lang, said, text=False)).rstrip() + "\n"

    def _lines(self, lang: Lang, said: Sequence[str], *, text: bool) -> Iterator[str]:
        heading = "" if text else "# "
        yield f"{heading}{say('finding.head', lang, {'code': self.code, 'message': title(self.code, lang)})}"
        yield from ("", self.why[lang], "")
        yield from self._example("page.bad", self.bad, lang, text=text)
        if self.sign:
            yield from (say("page.sign", lang, {"sign": self.sign.shown}), "")
        if self.encoding != "utf-8":
            yield from (say("page.encoded", lang, {"encoding": self.encoding.upper()}), "")
        if said:
            yield from _block(say("page.said", lang), said, text=text, fence="text")
        yield from self._example("page.good", self.good, lang, text=text)
        for name, body in self.files.items():
            yield from self._example("page.beside", body, lang, text=text, file=name)

    def _example(self, key: str, body: str, lang: Lang, *, text: bool, file: str = "") -> Iterator[str]:
        head = say(key, lang, {"file": file or self.name})
        # Only what is sound is marked as `yaml`: the documentation's tests check and compile that.
        sound = key == "page.good" and not self.expects and not self.files
        yield from _block(head, body.splitlines(), text=text, fence="yaml" if sound else "yml")


def _block(head: str, lines: Iterable[str], *, text: bool, fence: str) -> Iterator[str]:
    body = [f"  {line}".rstrip() for line in lines] if text else [f"```{fence}", *lines, "```"]
    yield from (head, "", *body, "")


def codes() -> list[str]:
    """Every code that a finding can have."""
    return sorted(key for key in TEXTS if _CODE.fullmatch(key))


def title(code: str, lang: Lang) -> str:
    """The sentence of a code, with dots for what each finding fills in."""
    return _PLACEHOLDER.sub("…", TEXTS[code][lang]).replace("{{", "{").replace("}}", "}")


@cache
def page(code: str) -> Page | None:
    """The page of a code, if one is written."""
    source = files("flowengine.cli.findings") / "pages" / f"{code}.yaml"
    if not source.is_file():
        return None
    told: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    if "sign" in told:
        told["sign"] = Sign(**told["sign"])
    if told["bad"].startswith("scenario:"):
        told = {"name": "order.scenario.yaml", **told}
        told["files"] = {"order.yaml": _played(), **told.get("files", {})}
    told["others"] = tuple(told.get("others", ()))
    return Page(code=code, **told)


_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _played() -> str:
    """The process that the scenarios among the examples play."""
    return (files("flowengine.cli.findings") / "pages" / "order.yaml").read_text("utf-8")
