"""Looking again while something is going on: a page that follows a run to its end."""

import reflex as rx

from components.charts.chart import module_of

_EVERY_MS = 1_000


class _Watch(rx.NoSSRComponent):
    library = module_of("watch.jsx")
    tag = "Watch"

    active: rx.Var[bool]
    every: rx.Var[int]

    on_look: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def watch(active: rx.Var[bool], *, on_look: rx.EventHandler) -> rx.Component:
    """Calls `on_look` once a second while `active`, as long as the page is in sight."""
    return _Watch.create(active=active, every=_EVERY_MS, on_look=on_look)
