from state.domain.public_content import TOPICS, Entry, EntryKind, refusals, tidied
from state.services.demo_public_content import _entry, _rows


def entries() -> list[Entry]:
    return [_entry(row) for row in _rows()]


def test_each_entry_could_have_been_typed_by_staff() -> None:
    assert [refusals(tidied(entry)) for entry in entries() if refusals(tidied(entry))] == []
    assert {entry.kind for entry in entries()} == set(EntryKind)


def test_every_topic_that_a_form_leads_to_has_an_entry() -> None:
    assert {topic for entry in entries() for topic in entry.topics} == set(TOPICS)
