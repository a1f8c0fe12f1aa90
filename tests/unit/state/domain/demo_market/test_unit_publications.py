import json
from datetime import datetime

import polars as pl

from state.domain.demo_market.market import DemoMarket


def test_the_register_names_every_unit_once(market: DemoMarket) -> None:
    register = market.publications(market.since, market.until)["bm_units"]
    assert register["bm_unit"].to_list() == [unit.bm_unit for unit in market.bm_units]
    assert register["national_grid_bm_unit"].is_unique().all()
    assert "bm_units" not in market.publications(market.until, market.until)


def test_a_revised_message_lasts_longer_and_keeps_its_name(market: DemoMarket) -> None:
    messages = market.publications(market.since, market.until)["outage_messages"]
    revised = messages.filter(pl.col("revision_number") == 2)
    assert 0 < revised.height < messages.height / 2
    both = revised.join(messages.filter(pl.col("revision_number") == 1), on="message_id")
    assert both.height == revised.height
    assert (both["event_end_at"] > both["event_end_at_right"]).all()
    assert (both["published_at"] > both["published_at_right"]).all()
    assert messages["message_number"].is_unique().all()


def test_a_limit_is_what_its_outage_leaves(market: DemoMarket) -> None:
    published = market.publications(market.since, market.until)
    limits = published["maximum_export_limits"]
    message = published["outage_messages"].filter(pl.col("revision_number") == 1).row(0, named=True)
    profile = json.loads(message["outage_profile"])[0]
    starts = datetime.fromisoformat(profile["startTime"])
    at = limits.filter(
        (pl.col("bm_unit") == message["asset_id"]) & (pl.col("from_at") == starts)
    ).row(0, named=True)
    assert at["from_mw"] <= profile["capacity"]
    before = limits.filter(
        (pl.col("bm_unit") == message["asset_id"]) & (pl.col("from_at") < starts)
    )
    assert before["from_mw"].max() == message["normal_capacity_mw"]
