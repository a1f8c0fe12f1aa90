"""App name, ports and origin, from the environment; nothing else."""

import os

import reflex as rx

_PORT = int(os.environ.get("KINNECT_PORT", "8000"))
_ORIGIN = os.environ.get("KINNECT_PUBLIC_URL", f"http://localhost:{_PORT}").rstrip("/")
_DEVELOPING = "KINNECT_DEVELOPING" in os.environ  # pages at 3000, the rest at 8000

config = rx.Config(
    app_name="kinnect_app",
    frontend_port=3000 if _DEVELOPING else _PORT,
    backend_port=_PORT,
    backend_host="127.0.0.1",
    cors_allowed_origins=[_ORIGIN, "http://localhost:3000"] if _DEVELOPING else [_ORIGIN],
    state_manager_mode="memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    default_color_mode="system",
    disable_plugins=[rx.plugins.sitemap.SitemapPlugin],
)
