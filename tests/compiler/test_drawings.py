"""The drawings of a process: everything on the chart is there, nothing runs into anything else, and
whatever people write in a title stays a title."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flowengine.compiler.drawing.cards import Card, card_of
from flowengine.compiler.drawing.cards import Frame as TaskFrame
from flowengine.compiler.drawing.chart import ITEM_MARKS, Box, BoxKind, Chart, Item, Mark, Task, Way
from flowengine.compiler.drawing.layout import MARK, Label, Line, Panel, layout
from flowengine.compiler.drawing.legend import Entry
from flowengine.compiler.drawing.lettering import clean, measure, wrap
from flowengine.compiler.drawing.mermaid import mermaid
from flowengine.compiler.drawing.palette import ENDS, PALETTE
from flowengine.compiler.drawing.strokes import Point
from flowengine.compiler.drawing.svg import MARKS, SHAPES, svg
from flowengine.texts import Lang

Test = Callable[[Chart], None]

NS = "{http://www.w3.org/2000/svg}"

ORDER = Chart(
    title="A small order",
    boxes=(
        Box("receive", "Receive", lines=("order desk · 30m",)),
        Box("make", "Make", here=True),
        Box("ship", "Ship", lines=("needs: waybill",)),
        Box("closed", "Closed", "success"),
        Box("cancelled", "Cancelled", "cancelled"),
    ),
    ways=(
        Way("receive", "make"),
        Way("receive", "ship", "stock >= quantity"),
        Way("make", "ship"),
        Way("make", "make", "try again", "outcome"),
        Way("ship", "closed"),
        Way("ship", "make", "不合格", "outcome"),
        Way("receive", "cancelled", "cancel", "whole"),
        Way("make", "cancelled", "cancel", "whole"),
    ),
)

ORDER_AS_MERMAID = """\
---
title: "A small order"
---
flowchart TD
    at_receive["Receive<br/>order desk · 30m"]:::stage
    at_make["Make"]:::here
    at_ship["Ship<br/>needs#58; waybill"]:::stage
    at_closed(["Closed"]):::success
    at_cancelled(["Cancelled"]):::cancelled
    at_receive --> at_make
    at_receive -->|"stock #62;= quantity"| at_ship
    at_make --> at_ship
    at_make -->|"try again"| at_make
    at_ship --> at_closed
    at_ship -->|"不合格"| at_make
    at_receive -.->|"cancel"| at_cancelled
    at_make -.->|"cancel"| at_cancelled
    classDef stage fill:#f6f8fa,stroke:#8391a0,color:#18222e
    classDef success fill:#e9f6ee,stroke:#14683a,color:#18222e
    classDef failure fill:#fdeeed,stroke:#a8201a,color:#18222e,stroke-width:2.5px
    classDef cancelled fill:#f0f2f4,stroke:#505b68,color:#18222e,stroke-dasharray:6 4
    classDef here fill:#e8f1fd,stroke:#0b57c2,color:#18222e,stroke-width:4px
"""


def ends(*kinds: BoxKind) -> tuple[Box, ...]:
    """Three stages and ends, the first of them on the path."""
    stages = (Box(f"s{number}", "Stage") for number in range(3))
    return (*stages, *(Box(f"e{number}", "End", kind) for number, kind in enumerate(kinds)))


# Charts in which lines wanted the same place.
TIGHT = {
    "a way back to the good end, level with another end": Chart(
        "",
        ends("success", "success", "cancelled"),
        (Way("s2", "e0"), Way("s2", "e1"), Way("e2", "e0")),
    ),
    "a jump to the good end, level with where the whole order is cancelled": Chart(
        "", ends("success", "cancelled"), (Way("s0", "e0"), Way("s1", "e1", "", "whole"))
    ),
    "a jump to the good end, level with a lane that had room further in": Chart(
        "", ends("failure", "success"), (Way("s0", "s2"), Way("s0", "e1"), Way("s2", "e0"))
    ),
    "the whole order sent back, reopened, written off, again and again": Chart(
        "",
        ends("success", "failure", "cancelled"),
        (
            *(Way(f"s{number}", "e2", "cancel", "whole") for number in range(3)),
            *(Way(f"s{number}", "e2", "withdraw", "whole") for number in (1, 2)),
            *(Way(f"s{number}", "s0", "amend", "whole") for number in (1, 2)),
            *(Way("e2", f"{end}", "reopen", "whole") for end in ("s0", "e0", "e1", "e2")),
            *(Way("s1", f"{end}", "too late " * 9, "outcome") for end in ("s0", "s1", "s2", "e0", "e1")),
        ),
    ),
}


def hard_cases(test: Test) -> Test:
    """Show the test these charts every time, whatever else it is shown."""
    for name, chart in TIGHT.items():
        test = example(chart).via(name)(test)
    return test


WORDS = st.text(
    st.one_of(st.sampled_from("接单质检，（🚚👩‍🚒éW <&>\"'`#]}\n\t\x00\x1b\x85￾\ud800"), st.characters())
)


CONTENTS = [
    ((), ()),
    ((), ()),
    (
        (
            Item("entry", "进入前须有："),
            Item("file", "质检照片", 1),
            Item("that", "Amount ≤ Credit limit " * 3),
        ),
        (),
    ),
    (
        (Item("check", "x"),),
        (Task("拣货", ("仓库",), (Item("note", "缺货说明 " * 9),)), Task("Papers"), Task("")),
    ),
]
ITEMS = st.lists(st.builds(Item, st.sampled_from(ITEM_MARKS), WORDS, st.integers(0, 1)), max_size=3).map(
    tuple
)
TASKS = st.lists(st.builds(Task, WORDS, st.tuples(WORDS), ITEMS), max_size=4).map(tuple)
FULL_BOXES = st.builds(Box, name=st.just("a"), title=WORDS, lines=st.tuples(WORDS), items=ITEMS, tasks=TASKS)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Any chart at all: ways from anywhere to anywhere, ends of all kinds, words of all scripts."""
    stages = [f"s{number}" for number in range(draw(st.integers(0, 9)))]
    kinds: list[BoxKind] = draw(st.lists(st.sampled_from(ENDS), max_size=4))
    stage: list[BoxKind] = ["stage"]
    ends = [f"e{number}" for number in range(len(kinds))]
    here = draw(st.sampled_from([*stages, *ends, ""]))
    boxes = tuple(
        Box(
            name,
            draw(WORDS),
            kind,
            tuple(draw(st.lists(WORDS, max_size=2))),
            name == here,
            *draw(st.sampled_from(CONTENTS)),
        )
        for name, kind in zip([*stages, *ends], stage * len(stages) + kinds, strict=True)
    )
    way = st.builds(
        Way,
        source=st.sampled_from([*stages, *ends] or [""]),
        target=st.sampled_from([*stages, *ends] or [""]),
        label=st.one_of(st.just(""), st.sampled_from(["取消", "stock >= quantity", "too late " * 9]), WORDS),
        kind=st.sampled_from(["next", "outcome", "whole"]),
    )
    ways = draw(st.lists(way, max_size=24)) if boxes else []
    path = [Way(*pair) for pair in pairwise([*stages, *ends[:1]])]
    language: Lang = draw(st.sampled_from(["en", "zh"]))
    notes = tuple(draw(st.lists(WORDS, max_size=2)))
    return Chart(draw(WORDS), boxes, (*path, *ways), language, draw(WORDS), notes)


# --- what is drawn


@given(charts())
@hard_cases
def test_any_chart_gives_well_formed_xml_with_every_box_and_every_way(chart: Chart) -> None:
    root = ET.fromstring(svg(chart))
    said = root.findtext(f"{NS}desc") or ""
    titles = [group.findtext(f"{NS}title") or "" for group in root.iter(f"{NS}g")]
    names = {box.name: box.called for box in chart.boxes}
    for box in chart.boxes:
        assert any(title.split("\n")[0] == box.called for title in titles)
    for way in chart.ways:
        ends = [names[way.source], names[way.target], clean(way.label)]
        assert any(all(word in title for word in ends) for title in titles)
        assert all(word in said for word in ends)


@given(charts())
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    assert svg(chart) == svg(chart)
    assert mermaid(chart) == mermaid(chart)


def test_the_bytes_do_not_depend_on_the_run(checkout: Path) -> None:
    script = "from test_drawings import *; print(ascii(svg(ORDER) + mermaid(ORDER)))"
    path = os.pathsep.join([str(checkout), str(Path(__file__).parent)])
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == ascii(svg(ORDER) + mermaid(ORDER)) + "\n"


def test_long_words_are_cut_in_the_box_and_whole_in_its_tooltip() -> None:
    long = "需：" + "、".join(f"第 {number} 号装车照片" for number in range(40))
    chart = Chart("", (Box("ship", "发货", lines=(long,)),), ())
    root = ET.fromstring(svg(chart))
    shown = [text.text or "" for text in root.iter(f"{NS}text")]
    assert any(text.endswith("…") for text in shown)
    assert long not in shown
    assert f"发货\n{long}" in [title.text for title in root.iter(f"{NS}title")]


def test_a_drawing_needs_nothing_from_elsewhere_and_says_what_it_is() -> None:
    drawn = svg(ORDER)
    root = ET.fromstring(drawn)
    width, height = root.attrib["width"], root.attrib["height"]
    assert root.attrib["viewBox"] == f"0 0 {width} {height}"
    assert (root.attrib["role"], root[0].tag, root[1].tag) == ("img", f"{NS}title", f"{NS}desc")
    assert not re.search(r"<script|@import|url\(|href|<image|\son\w+=", drawn)
    assert "prefers-color-scheme: dark" in drawn
    assert "From “Receive” to “Ship”: stock >= quantity." in (root[1].text or "")


def test_every_class_and_property_is_our_own() -> None:
    """A drawing on a page must not restyle the page, nor another drawing."""
    drawn = svg(ORDER)
    names = {name for names in re.findall(r'class="([^"]*)"', drawn) for name in names.split()}
    assert all(name.startswith("fe-") for name in names)
    assert not re.search(r'\sid="', drawn)
    sheet = ET.fromstring(drawn).findtext(f"{NS}style") or ""
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]*\{", "", sheet))
    assert all(part.strip().startswith(".fe-drawing") for names in selectors for part in names.split(","))


def test_each_kind_of_end_has_a_mark_of_its_own() -> None:
    assert len({MARKS[kind] for kind in ENDS}) == len(ENDS)
    for kind in ENDS:
        assert MARKS[kind] in svg(Chart("", (Box("over", "Over", kind),), ()))


@pytest.mark.parametrize(("language", "word"), [("en", ">here<"), ("zh", ">当前<")])
def test_the_box_where_the_order_is_says_so(language: Lang, word: str) -> None:
    boxes = (Box("receive", "Receive"), Box("make", "Make", here=True))
    drawn = svg(Chart("", boxes, (), language))
    assert drawn.count(word) == 1
    assert drawn.count('class="fe-stage fe-here"') == 1


@pytest.mark.parametrize("mark", ITEM_MARKS)
def test_each_kind_of_need_has_a_mark_of_its_own_that_the_legend_names(mark: Mark) -> None:
    assert len({*SHAPES.values()}) == len(ITEM_MARKS)
    chart = Chart("", (Box("ship", "Ship", items=(Item(mark, "Waybill"),)),), ())
    assert svg(chart).count(SHAPES[mark]) == 2
    assert [entry.sample for entry in layout(chart).legend] == [mark]
    assert SHAPES[mark] not in svg(ORDER)


def test_the_legend_names_the_lines_that_are_drawn() -> None:
    assert [entry.sample for entry in layout(ORDER).legend] == ["path", "jump", "return", "whole"]
    path = Chart("", (Box("a", "A"), Box("b", "B")), (Way("a", "b"),))
    assert layout(path).legend == ()


def test_tasks_stand_side_by_side_in_their_stage() -> None:
    tasks = tuple(Task(f"Task {number}", ("warehouse · 4h",)) for number in range(3))
    (panel,) = layout(Chart("", (Box("make", "Make", tasks=tasks),), ())).panels
    one, two, three = panel.card.frames
    assert (one.y, one.height) == (two.y, two.height)
    assert one.x + one.width < two.x
    assert three.y >= one.y + one.height


def test_on_paper_a_drawing_fills_one_sheet() -> None:
    sheet = ET.fromstring(svg(ORDER)).findtext(f"{NS}style") or ""
    assert "@media print{.fe-drawing{" in sheet
    assert "max-height:100vh" in sheet
    assert "@media screen and (prefers-color-scheme: dark)" in sheet  # paper is never dark


TEXT_ON = [
    *(("ink", ground) for ground in ("paper", "panel", "here-panel", *(f"{end}-panel" for end in ENDS))),
    *(("quiet", ground) for ground in ("paper", "panel", "here-panel", *(f"{end}-panel" for end in ENDS))),
    *((words, "paper") for words in ("path", "jump", "return", "whole", "here", *ENDS)),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_words_are_easy_to_read(text: str, ground: str, scheme: int) -> None:
    """At least 4.5 to 1, as the accessibility guidelines ask of small print."""
    bright, dim = sorted((luminance(PALETTE[name][scheme]) for name in (text, ground)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- where it stands


def test_the_normal_path_runs_down_and_ends_in_success_with_the_other_ends_beside_it() -> None:
    placed = {panel.box.name: panel for panel in layout(ORDER).panels}
    path = [placed[name] for name in ("receive", "make", "ship", "closed")]
    assert len({panel.x for panel in path}) == 1
    assert all(above.y + above.height < below.y for above, below in pairwise(path))
    assert placed["cancelled"].x > placed["closed"].x + placed["closed"].width
    assert placed["cancelled"].y >= placed["closed"].y


@pytest.mark.parametrize(
    ("source", "target", "side"),
    [("receive", "ship", "right"), ("ship", "make", "left"), ("make", "make", "left")],
    ids=["jump forward", "return", "own start again"],
)
def test_jumps_run_on_the_right_and_returns_on_the_left(source: str, target: str, side: str) -> None:
    placed = layout(ORDER)
    box = placed.panels[0]
    line = next(
        line for line in placed.lines if (line.ways[0].source, line.ways[0].target) == (source, target)
    )
    if side == "right":
        assert max(x for x, _ in points(line)) > box.x + box.width
    else:
        assert min(x for x, _ in points(line)) < box.x


def test_cancelling_from_five_stages_is_one_line_to_one_end() -> None:
    names = [f"s{number}" for number in range(5)]
    boxes = (*(Box(name, name) for name in names), Box("cancelled", "已取消", "cancelled"))
    placed = layout(Chart("", boxes, tuple(Way(name, "cancelled", "取消", "whole") for name in names)))
    assert [len(line.ways) for line in placed.lines] == [5]
    assert len(placed.lines[0].strokes) == 5
    assert [label.lines for label in placed.labels] == [("取消",)]


def test_two_ways_between_the_same_boxes_are_one_line_with_both_labels() -> None:
    ways = (Way("a", "b", "amount > 50000"), Way("a", "b", "otherwise", "outcome"))
    placed = layout(Chart("", (Box("a", "A"), Box("b", "B")), ways))
    assert len(placed.lines) == 1
    assert "· otherwise" in placed.labels[0].lines


@given(charts())
@hard_cases
def test_everything_lies_on_the_page(chart: Chart) -> None:
    placed = layout(chart)
    for left, top, right, bottom in map(frame, (*placed.panels, *placed.labels, *placed.legend)):
        assert 0 < left <= right < placed.width
        assert 0 < top <= bottom < placed.height
    for x, y in (point for line in placed.lines for point in points(line)):
        assert 0 < x < placed.width
        assert 0 < y < placed.height


@given(charts())
@hard_cases
def test_no_two_boxes_overlap_and_words_keep_inside_theirs(chart: Chart) -> None:
    panels = layout(chart).panels
    assert not [pair for pair in combinations(panels, 2) if overlap(*map(frame, pair))]
    for panel in panels:
        assert MARK + panel.card.width <= panel.width
        assert panel.card.height <= panel.height


@given(FULL_BOXES)
def test_within_a_box_no_words_run_into_others_or_out_of_their_task(box: Box) -> None:
    card = card_of(box)
    rows, signs = [*rows_of(card)], [(s.x - 5.0, s.y - 5.0, s.x + 5.0, s.y + 5.0) for s in card.signs]
    tasks = [*map(frame, card.frames)]
    for pieces in (rows + signs, tasks):
        assert not [pair for pair in combinations(pieces, 2) if overlap(*pair)]
    for piece in (*rows, *signs):
        assert inside(piece, (0.0, 0.0, card.width + 0.001, card.height + 0.001))
        assert all(inside(piece, task) for task in tasks if overlap(piece, task))


@given(charts())
@hard_cases
def test_the_legend_stands_under_everything_and_its_words_apart(chart: Chart) -> None:
    placed = layout(chart)
    entries = [frame(entry) for entry in placed.legend]
    assert not [pair for pair in combinations(entries, 2) if overlap(*pair)]
    others = (*map(frame, placed.panels), *map(frame, placed.labels))
    others += tuple(piece for line in placed.lines for piece in pieces(line))
    assert not [pair for pair in ((entry, other) for entry in entries for other in others) if overlap(*pair)]


@given(charts())
@hard_cases
def test_no_way_crosses_a_box_that_is_not_its_own(chart: Chart) -> None:
    placed = layout(chart)
    for line in placed.lines:
        own = {name for way in line.ways for name in (way.source, way.target)}
        others = [frame(panel) for panel in placed.panels if panel.box.name not in own]
        assert not [other for other in others for piece in pieces(line) if overlap(piece, other)]


@given(charts())
@hard_cases
def test_labels_keep_clear_of_boxes_ways_and_each_other(chart: Chart) -> None:
    placed = layout(chart)
    labels = [frame(label) for label in placed.labels]
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    for other in (*map(frame, placed.panels), *(piece for line in placed.lines for piece in pieces(line))):
        assert not [label for label in labels if overlap(label, other)]


@given(charts())
@hard_cases
def test_no_two_lines_run_on_top_of_each_other(chart: Chart) -> None:
    placed = layout(chart)
    for one, other in combinations(placed.lines, 2):
        assert not [pair for pair in along(one, other) if overlap(*pair)]


def points(line: Line) -> Iterator[Point]:
    return (point for stroke in line.strokes for point in stroke)


Frame = tuple[float, float, float, float]


def rows_of(card: Card) -> Iterator[Frame]:
    """Each row of words as a rectangle, measured with wide characters twice as wide as narrow ones."""
    for row in card.rows:
        yield row.x, row.y, row.x + row.face.width([row.text]), row.y + row.face.line


def inside(one: Frame, other: Frame) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


def frame(thing: Panel | Label | Entry | TaskFrame) -> Frame:
    return thing.x, thing.y, thing.x + thing.width, thing.y + thing.height


def pieces(line: Line, room: float = 0.2) -> Iterator[Frame]:
    """Each straight piece of a line as a thin rectangle."""
    for stroke in line.strokes:
        for (x, y), (to_x, to_y) in pairwise(stroke):
            yield min(x, to_x) - room, min(y, to_y) - room, max(x, to_x) + room, max(y, to_y) + room


def along(one: Line, other: Line) -> Iterator[tuple[Frame, Frame]]:
    """The pieces of two lines that run in the same direction: those may not even come close."""
    for piece in pieces(one, 2):
        for another in pieces(other, 2):
            if (piece[2] - piece[0] > piece[3] - piece[1]) == (
                another[2] - another[0] > another[3] - another[1]
            ):
                yield piece, another


def overlap(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# --- letters


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        ("stock >= quantity", ("stock >=", "quantity")),
        ("客户签收确认后关闭", ("客户签收确", "认后关闭")),
        ("客户签收已认，关闭", ("客户签收已", "认，关闭")),
        ("incomprehensibilities", ("incomprehe", "nsibilities")),
        ("一二三四五六七八九十百千万", ("一二三四五六", "七八九十百…")),
    ],
    ids=["nothing", "between words", "lines of like length", "no comma first", "a long word", "cut"],
)
def test_lines_break_where_a_reader_expects_it(text: str, rows: tuple[str, ...]) -> None:
    assert wrap(text, width=6.3, lines=2) == rows


@given(WORDS.map(clean), st.floats(2, 30), st.integers(1, 4))
def test_wrapped_lines_keep_to_their_width_and_lose_nothing_unsaid(
    text: str, width: float, lines: int
) -> None:
    rows = wrap(text, width=width, lines=lines)
    assert len(rows) <= lines
    assert all(measure(row) <= width for row in rows)
    if not any(row.endswith("…") for row in rows):
        assert "".join(rows).replace(" ", "") == text.replace(" ", "")


# --- Mermaid


def test_a_small_order_as_mermaid() -> None:
    assert mermaid(ORDER) == ORDER_AS_MERMAID


def test_a_stage_may_be_named_like_a_word_of_mermaid() -> None:
    chart = Chart("", (Box("end", "End"), Box("style", "Style")), (Way("end", "style"), Way("end", "end")))
    assert "at_end --> at_style" in mermaid(chart)
    assert "at_end --> at_end" in mermaid(chart)


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ('say "yes"', "say #34;yes#34;"),
        ("#1 <b>", "#35;1 #60;b#62;"),
        ("a\nb", "a b"),
        ("`code` [x] {y} (z)", "#96;code#96; #91;x#93; #123;y#125; #40;z#41;"),
        ("1. first", "1#46; first"),
        ("- first", "#45; first"),
        ("100%% %%{init}", "100#37;#37; #37;#37;#123;init#125;"),
        ("a | b; c", "a #124; b#59; c"),
        ("质检（复检）", "质检（复检）"),
    ],
)
def test_titles_stay_titles(title: str, escaped: str) -> None:
    chart = Chart("", (Box("a", title), Box("b", "B", "success")), (Way("a", "b", title),))
    assert f'at_a["{escaped}"]:::stage' in mermaid(chart)
    assert f'at_a -->|"{escaped}"| at_b' in mermaid(chart)


# The part of Mermaid that we write. In quotes stands no sign that means anything to it but our own entities.
QUOTED = r'"(?:[^\x00-\x1f!-/:-@\[-`{-\x7f]|[,/_=]|#\d+;|<br/>)*"'
GRAMMAR = re.compile(
    rf"    at_\w+(?:\[{QUOTED}\]|\(\[{QUOTED}\]\)):::(?:stage|here|success|failure|cancelled)"
    rf"|    at_\w+ (?:-->|-\.->)(?:\|{QUOTED}\|)? at_\w+"
    rf"|    notes\[{QUOTED}\]:::notes"
    r"|    classDef \w+ (?:[\w-]+:[#\w .]+,?)+"
)


@given(charts())
@hard_cases
def test_every_row_is_of_the_part_of_mermaid_that_we_write(chart: Chart) -> None:
    head, *rows = mermaid(chart).removesuffix("\n").split("flowchart TD\n", 1)[-1].split("\n")
    for row in (head, *rows):
        assert GRAMMAR.fullmatch(row), row


@given(charts())
def test_every_box_and_every_way_is_one_line_of_mermaid(chart: Chart) -> None:
    rows = mermaid(chart).splitlines()
    assert len([row for row in rows if re.match(r"    at_\w+(\[|\(\[)\"", row)]) == len(chart.boxes)
    assert len([row for row in rows if "-->" in row or "-.->" in row]) == len(chart.ways)


def test_an_empty_chart_is_an_empty_page() -> None:
    assert layout(Chart("", (), ())).panels == ()
    ET.fromstring(svg(Chart("", (), ())))
