"""Every key of scenario files, once: reader, JSON Schema, reference and did-you-mean are derived from this table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.definition.scenario_words import VERBS
from flowengine.definition.shapes import Data, Dur, Int, Key, Many, Named, Pick, Shape, Str, Sub, Txt
from flowengine.definition.vocabulary import PRIORITIES, REF

WORD: Final = Str("text", ref=True)
INSTANT: Final = Str("instant", r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")
_LATIN: Final = r"^[^\s.{}]+$"
_ITEM: Final = r"^[^\s.{}]+(\.[1-9][0-9]{0,5})?$"

_SHAPES: Final = (
    Shape(
        "scenario",
        "A scenario file: an order played through a process, with what must come of it.",
        "情景文件：让一个订单走一遍流程，并写明应有的结果。",
        (
            Key(
                "scenario",
                Txt(),
                "What the scenario tells, in one sentence.",
                "用一句话说明这个情景讲什么。",
                "scenario: 信息不全的订单不予受理",
                required=True,
            ),
            Key(
                "shows",
                Many(Str("rule", r"^R\d{2}$")),
                "The numbers of the rules that it proves.",
                "它所证明的规则的编号。",
                "shows: [R02, R07]",
            ),
            Key(
                "process",
                Str("file", ref=True),
                "The process file, relative to this one.",
                "流程文件，相对于本文件。",
                "process: ../sales-order.yaml",
                required=True,
            ),
            Key(
                "starts",
                INSTANT,
                "When it begins, in the zone of the process.",
                "开始时间，按流程所用时区。",
                "starts: 2026-02-12 16:00",
                required=True,
            ),
            Key(
                "language",
                Pick(("zh", "en")),
                "The language of texts that are written in one language only; default `en`.",
                "只写一种语言的文字所用的语言；默认 `en`。",
                "language: zh",
            ),
            Key(
                "people",
                Named(Many(REF, single=True), pattern=_LATIN),
                "Who takes part, with their roles.",
                "参与的人及其角色。",
                "people: {wang: sales_rep, zhao: verifier}",
            ),
            Key(
                "given",
                Data("map"),
                "The values with which `create` opens an order.",
                "`create` 开单时使用的值。",
                "given: {customer: 张三, amount: 8000}",
            ),
            Key(
                "rows",
                Many(Data("map")),
                "The whole scenario runs once for each; `{column}` is replaced everywhere.",
                "每一行让整个情景运行一次；各处的 `{列名}` 换成该行的值。",
                "rows: [{amount: 8000}, {amount: 60000}]",
            ),
            Key(
                "steps",
                Many(Sub("step")),
                "What happens, one after the other.",
                "依次发生的事情。",
                required=True,
            ),
        ),
    ),
    Shape(
        "step",
        "One step: at most one verb, time that passes before it, and what must be true after it.",
        "一个步骤：至多一个动词、之前经过的时间、之后必须成立的结果。",
        (
            Key(
                "create",
                Data("map"),
                "Open an order with `given`, changed by these values.",
                "以 `given` 加上这些值开单。",
                "create: {amount: 60000}",
            ),
            Key(
                "import",
                Many(Data("map"), least=0),
                "Take in several records at once, each laid over `given`.",
                "批量导入多条记录，每条以 `given` 为底。",
                "import: [{external_id: A1}, {external_id: A2}]",
            ),
            Key("done", WORD, "Tick a check.", "勾选一项。", "done: customer_qualified"),
            Key(
                "attach",
                Named(Str(), pattern=_ITEM),
                "Record evidence.",
                "上传凭证。",
                "attach: {payment_voucher: 回单.pdf}",
            ),
            Key(
                "write", Data("map"), "Write notes and fields.", "填写说明与字段。", "write: {waybill: SF123}"
            ),
            Key(
                "amend",
                Data("map"),
                "Change fields that were agreed on; say why.",
                "变更订单的字段，须说明原因。",
                "amend: {address: 上海市浦东新区}",
            ),
            Key("outcome", WORD, "Choose an outcome.", "选择结果。", "outcome: failed"),
            Key(
                "edits",
                Data("map"),
                "The values of the fields that the outcome edits.",
                "该结果所修改的字段的值。",
                "edits: {address: 上海市浦东新区}",
            ),
            Key(
                "waive",
                WORD,
                "Do without a need; say why.",
                "免除一项要求，须说明原因。",
                "waive: payment_voucher",
            ),
            Key("hold", WORD, "Put a hold on the order.", "暂停订单。", "hold: customer_waits"),
            Key("release", WORD, "Lift a hold.", "解除暂停。", "release: customer_waits"),
            Key("approve", WORD, "Vote for it.", "同意。", "approve: order_review"),
            Key(
                "refuse",
                WORD,
                "Vote against it, or do not confirm it; say why.",
                "不同意，或不予确认，须说明原因。",
                "refuse: order_review",
            ),
            Key("abstain", WORD, "Vote neither for nor against it.", "弃权。", "abstain: order_review"),
            Key(
                "transfer",
                Named(WORD),
                "Let one's seat in an approval pass to another role for good.",
                "转交：把自己的审批席位交给另一角色。",
                "transfer: {order_review: finance}",
            ),
            Key(
                "delegate",
                Named(WORD),
                "Ask another role for its opinion; the seat comes back with it.",
                "委派：请另一角色先提意见，之后席位回到自己手中。",
                "delegate: {order_review: finance}",
            ),
            Key(
                "add_signer",
                Named(WORD),
                "Let another role sign too.",
                "加签：让另一角色也签。",
                "add_signer: {order_review: finance}",
            ),
            Key(
                "position",
                Pick(("before", "beside", "after")),
                "Beside `add_signer`: whether they sign before, beside (default) or after oneself.",
                "与 `add_signer` 同写：前加签、并加签（默认）或后加签。",
                "position: before",
            ),
            Key("urge", WORD, "Remind everybody who is awaited.", "催办。", "urge: order_review"),
            Key(
                "confirm",
                WORD,
                "Confirm what one is asked to; `by: customer` is the customer.",
                "确认；`by: customer` 即由客户确认。",
                "confirm: customer_confirmed",
            ),
            Key(
                "fills",
                Data("map"),
                "The values of the fields that the confirmation asks.",
                "确认时填写的字段的值。",
                "fills: {survey_score: 95}",
            ),
            Key(
                "by",
                Many(WORD, single=True),
                "Who does it; of several, each in turn. A column of the rows may hold one name or a list.",
                "由谁做；多人则依次做。`rows` 的列可以是一个名称，也可以是列表。",
                "by: wang",
            ),
            Key("reason", Str(), "The reason that is given.", "所说明的原因。", "reason: 外壳划伤"),
            Key(
                "wait",
                Dur(working=True),
                "Let so much time pass before the step; working hours and working days by the calendar of the process.",
                "在此步骤之前，让这么长的时间过去；工作小时与工作日按流程的日历计算。",
                "wait: 2h",
            ),
            Key(
                "until",
                INSTANT,
                "Let time pass up to then before the step.",
                "在此步骤之前，让时间走到该时刻。",
                "until: 2026-02-15 18:10",
            ),
            Key(
                "expect",
                Sub("expect"),
                "What must be true now.",
                "此刻必须成立的结果。",
                "expect: {stage: review}",
            ),
        ),
        at_most_one_of=VERBS,
    ),
    Shape(
        "expect",
        "What must be true after a step.",
        "一个步骤之后必须成立的结果。",
        (
            Key(
                "verdict",
                Pick(("ready", "incomplete", "refused")),
                "What came of the step: carried out (`ready`), something is missing still (`incomplete`), or not allowed (`refused`).",
                "该步骤的结论：已执行（`ready`）、尚缺条件（`incomplete`）或不允许（`refused`）。",
                "verdict: incomplete",
            ),
            Key(
                "stage",
                WORD,
                "The stage or end in which the order is.",
                "订单所在的阶段或结束。",
                "stage: review",
            ),
            Key("number", Str(), "The order's number.", "订单编号。", 'number: "202405-001"'),
            Key(
                "blocked_by",
                Many(WORD, least=0),
                "Exactly the needs and choices for want of which the order stays where it is.",
                "使订单停在此处的全部事项，不多也不少。",
                "blocked_by: [payment_voucher]",
            ),
            Key(
                "todo",
                Named(Many(WORD, least=0), pattern=_LATIN),
                "Exactly what waits for these people or roles.",
                "这些人员或角色的全部待办，不多也不少。",
                "todo: {zhao: [entry_verified]}",
            ),
            Key(
                "due",
                Named(INSTANT),
                "The due times of the stage and of tasks, needs, clocks and holds.",
                "阶段、任务、要求、计时和暂停的期限。",
                "due: {review: 2026-02-12 20:10}",
            ),
            Key(
                "late",
                Many(WORD, least=0),
                "Exactly the stages, tasks, needs, clocks and holds that became late since the step before.",
                "自上一步以来逾期的全部阶段、任务、要求、计时和暂停。",
                "late: [review]",
            ),
            Key(
                "warned",
                Many(WORD, least=0),
                "Exactly those of which a warning was given since the step before.",
                "自上一步以来发出预警的全部阶段、任务、要求、计时和暂停。",
                "warned: [review]",
            ),
            Key(
                "held",
                Many(WORD, least=0),
                "Exactly the holds that lie on the order.",
                "订单上现有的全部暂停。",
                "held: [customer_waits]",
            ),
            Key(
                "priority",
                Pick(PRIORITIES),
                "The priority of the order.",
                "订单的优先级。",
                "priority: urgent",
            ),
            Key(
                "fields",
                Data("map"),
                "Values of fields; null for none.",
                "字段的值；没有值写 null。",
                "fields: {grade: C}",
            ),
            Key(
                "sees",
                Named(Many(WORD, least=0), pattern=_LATIN),
                "Exactly the fields with a value that these people or roles see in the order, besides `type`, `priority` and `channel`.",
                "这些人员或角色在订单中看得到的全部有值字段，不多也不少（`type`、`priority`、`channel` 不计）。",
                "sees: {cai: [amount]}",
            ),
            Key(
                "refused",
                Data("reasons"),
                "The step is refused for this reason; with names, exactly these.",
                "该步骤因这个原因被拒绝；若写出名称，则须完全一致。",
                "refused: {missing_fields: [phone, amount]}",
            ),
            Key(
                "notified",
                Many(WORD, least=0),
                "Exactly who was told since the step before: people, or roles, which mean all who hold them here.",
                "自上一步以来收到通知的全部人员；写角色则指此处担任该角色的所有人。",
                "notified: [chen]",
            ),
            Key(
                "not_notified",
                Many(WORD, least=0),
                "People or roles who were not told.",
                "没有收到通知的人员或角色。",
                "not_notified: [wang]",
            ),
            Key("imported", Int(0), "How many records became orders.", "成为订单的记录数。", "imported: 2"),
            Key(
                "already_there",
                Int(0),
                "How many records were orders before.",
                "原已存在的记录数。",
                "already_there: 1",
            ),
            Key(
                "rejected",
                Named(Many(Str(), least=0), least=0),
                "The records that were refused, with the fields at fault.",
                "被拒绝的记录及有误的字段。",
                "rejected: {row_3: [amount]}",
            ),
            Key(
                "chart",
                Named(Many(WORD, least=0)),
                "Where the drawn chart leads from a stage.",
                "流程图中从该阶段出发的去向。",
                "chart: {quality: [logistics, production]}",
            ),
        ),
    ),
)

SCENARIO_SHAPES: Final[Mapping[str, Shape]] = {shape.name: shape for shape in _SHAPES}
