"""The page that says of each rule of an institution which scenario shows it, or that none does yet."""  # noqa: INP001 - a script, nobody installs it

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from flowengine.texts import Lang

_DOCS: Final = Path(__file__).parents[1] / "docs"
RULES: Final = "docs/rules.yaml"
PAGES: Final[Mapping[Lang, str]] = {"en": "docs/rules.md", "zh": "docs/rules.zh-CN.md"}
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "title": "The rules, and what shows each",
        "about": "What an institution that follows orders demands, and the scenarios of `processes/` that "
        "play it through the engine. `flowengine scenario processes` runs them all.",
        "counts": "{shown} of {all} rules are shown, {partly} of them in part; {not_yet} are not yet.",
        "head": "| | Rule | Shown by |",
        "not_yet": "not yet",
        "missing": "Not yet: {what}.",
    },
    "zh": {
        "title": "制度条款与其演示",
        "about": "订单跟踪制度的各项要求，以及 `processes/` 中用引擎演示它们的情景。"
        "用 `flowengine scenario processes` 全部运行。",
        "counts": "共 {all} 条，已演示 {shown} 条（其中 {partly} 条为部分），尚未演示 {not_yet} 条。",
        "head": "| | 条款 | 演示 |",
        "not_yet": "尚未",
        "missing": "尚缺：{what}。",
    },
}
Rule = Mapping[str, Any]


def rules(root: Path) -> dict[str, Rule]:
    """Each rule by its number, and each section by its place."""
    said = yaml.safe_load((root / RULES).read_text(encoding="utf-8"))
    return {
        (name if name != "section" else f"section {at}"): rule
        for at, each in enumerate(said)
        for name, rule in each.items()
    }


def shown(root: Path) -> dict[str, list[tuple[str, Mapping[Lang, str]]]]:
    """The scenarios that show each rule: where they lie, seen from `docs/`, and their titles."""
    found: dict[str, list[tuple[str, Mapping[Lang, str]]]] = {}
    for path in sorted((root / "processes").rglob("*.scenario.yaml")):
        scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
        title = scenario["scenario"]
        titles = title if isinstance(title, dict) else dict.fromkeys(PAGES, title)
        for rule in scenario.get("shows", ()):
            found.setdefault(rule, []).append((f"../{path.relative_to(root).as_posix()}", titles))
    return found


def pages(root: Path) -> dict[str, str]:
    """The text of the page in each language, by its path."""
    told, played = rules(root), shown(root)
    return {path: "\n".join(_page(lang, told, played)) + "\n" for lang, path in PAGES.items()}


def _page(lang: Lang, told: Mapping[str, Rule], played: Mapping[str, Any]) -> Iterator[str]:
    words = _WORDS[lang]
    numbered = {name: rule for name, rule in told.items() if not name.startswith("section")}
    done = [name for name, rule in numbered.items() if name in played or "also" in rule]
    yield f"# {words['title']}\n\n{words['about']}\n"
    yield words["counts"].format(
        all=len(numbered),
        shown=len(done),
        partly=sum("missing" in numbered[name] for name in done),
        not_yet=len(numbered) - len(done),
    )
    for name, rule in told.items():
        if name not in numbered:
            yield f"\n## {rule[lang]}\n\n{words['head']}\n|---|---|---|"
        else:
            yield f"| {name} | {rule[lang]} | {_proof(lang, rule, played.get(name, ()))} |"


def _in_language(lang: Lang, path: str) -> str:
    """The page in that language where there is one; paths are as seen from `docs/`."""
    own = path.removesuffix(".md") + ".zh-CN.md"
    return own if lang == "zh" and path.endswith(".md") and (_DOCS / own).is_file() else path


def _proof(lang: Lang, rule: Rule, scenarios: Any) -> str:
    words = _WORDS[lang]
    links = [f"[{titles[lang]}]({path})" for path, titles in scenarios]
    also = (_in_language(lang, path) for path in rule.get("also", ()))
    links += [f"[`{path.removeprefix('../')}`]({path})" for path in also]
    if not links:
        return f"*{words['not_yet']}*"
    missing = words["missing"].format(what=rule["missing"][lang]) if "missing" in rule else ""
    return "<br>".join([*links, missing] if missing else links)
