"""Mermaid reads what we write for it: the real parser, fetched with npm into a folder of the test."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from flowengine.cli.findings.sound import sound_plan
from flowengine.compiler.charting import chart_of
from flowengine.compiler.drawing.chart import Box, Chart, Item, Task, Way
from flowengine.compiler.drawing.mermaid import mermaid
from flowengine.texts import LANGUAGES

PACKAGES = ("mermaid@11", "jsdom@26")
READER = """
import { JSDOM } from 'jsdom';
import fs from 'node:fs';
const dom = new JSDOM('');
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import('mermaid');
const found = {};
for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, 'utf8');
  await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const vertices = [...diagram.db.getVertices().values()];
  found[file] = {
    boxes: vertices.map(vertex => vertex.id),
    ways: diagram.db.getEdges().map(edge => [edge.start, edge.end]),
  };
}
console.log(JSON.stringify(found));
"""
ITEM = Item("file", "a; b|c")
ODD = Chart(
    'end: "x" [y] %%{init}',
    (
        Box("end", 'end "x" [y] {z} (w)', lines=("1. first", "- second", "`code`"), items=(ITEM,)),
        Box("style", "质检（复检）#1 <b>", tasks=(Task("graph TD", ("a --> b",)),)),
        Box("class", "完成", "success"),
    ),
    (
        Way("end", "style", 'a | b; "c" --> d'),
        Way("style", "end", "不合格，超过 3 次", "outcome"),
        Way("end", "class", "end", "whole"),
    ),
    "zh",
    notes=("整张订单 – 取消：%% x",),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script that reads drawings with Mermaid."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("Mermaid itself was NOT asked: there is no npm on this machine")
    folder = tmp_path_factory.mktemp("mermaid")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    words = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip(f"Mermaid itself was NOT asked: npm cannot fetch it ({done.stderr[-200:]})")
    script = folder / "read.mjs"
    script.write_text(READER, "utf-8")
    return script


@pytest.mark.soak
def test_mermaid_finds_every_box_and_every_way(reader: Path, checkout: Path, tmp_path: Path) -> None:
    charts = {tmp_path / "odd.mmd": ODD}
    for path in sorted((checkout / "processes").glob("*.yaml")):
        if path.name == "company.yaml":
            continue  # a library has no way of its own
        plan = sound_plan(path, "en")
        charts |= {tmp_path / f"{path.stem}.{lang}.mmd": chart_of(plan, lang) for lang in LANGUAGES}
    for path, chart in charts.items():
        path.write_text(mermaid(chart), "utf-8")
    words = ["node", str(reader), *map(str, charts)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for path, chart in charts.items():
        assert [box for box in found[str(path)]["boxes"] if box != "notes"] == [
            f"at_{box.name}" for box in chart.boxes
        ]
        assert sorted(found[str(path)]["ways"]) == sorted(
            [f"at_{w.source}", f"at_{w.target}"] for w in chart.ways
        )
