"""Any process, any people, any commands: a preview is what happens, and the store stays sound."""

from __future__ import annotations

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from flowengine.errors import DefinitionRefused
from flowengine.kernel.commands import PassTime
from tests.kernel.desk import DAY, HOST, HOUR, PEOPLE
from tests.kernel.random_processes import VALUES, processes, wanted
from tests.runtime.shop import Shop, opened


@settings(max_examples=settings().max_examples // 4, suppress_health_check=list(HealthCheck))
@given(processes(), VALUES, st.data())
def test_a_preview_is_what_happens_and_the_store_stays_sound(
    process: str, values: dict[str, object], data: st.DataObject
) -> None:
    with opened() as shop:
        try:
            plan = shop.engine.plan(shop.engine.deploy(process)[0].process, by=HOST)
        except DefinitionRefused:
            reject()
        started = shop.engine.start("random", values, by=HOST)
        if not started.ok:
            reject()
        for _ in range(data.draw(st.integers(0, 8))):
            _one_command(shop, started.order_id, data, wanted(plan))
        assert shop.engine.verify().problems == ()


def _one_command(shop: Shop, id: int, data: st.DataObject, commands: st.SearchStrategy) -> None:  # type: ignore[type-arg]
    shop.wait(data.draw(st.sampled_from([0, HOUR, 40 * DAY])), tick=data.draw(st.booleans()))
    command, who = data.draw(commands), data.draw(st.sampled_from([who for who in PEOPLE if who.id != "sam"]))
    before = shop.engine.order(id, by=HOST)
    preview = shop.engine.preview(id, command, by=who, reason="x")
    result = shop.engine.do(id, command, by=who, reason="x")
    assert (result.events, result.blockers) == (preview.events, preview.blockers)
    after = shop.engine.order(id, by=HOST)
    assert after.order == (preview.order if result.ok else before.order)
    nothing = isinstance(command, PassTime) and not result.events  # time that passes leaves no empty row
    assert after.row.revision == before.row.revision + (result.ok and not nothing)
