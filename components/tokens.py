"""Colour, space and type: the only literals of style. The stylesheet reads them as `--k-…`."""

from typing import Final

SCALE_PX: Final = {"12": 12, "13": 13, "14": 14, "16": 16, "20": 20, "24": 24, "32": 32, "44": 44}
SPACE_PX: Final = {"1": 4, "2": 8, "3": 12, "4": 16, "6": 24, "8": 32, "12": 48, "16": 64}

LIGHT: Final = {
    "ground": "#f5f8f9",
    "surface": "#ffffff",
    "raised": "#ffffff",
    "sunken": "#ebf0f2",
    "ink": "#12202a",
    "ink-soft": "#455663",
    "line": "#d3dce1",
    "line-strong": "#7d8d99",
    "accent": "#0a5a61",
    "accent-strong": "#06434a",
    "accent-soft": "#dff0f0",
    "on-accent": "#ffffff",
    "focus": "#0a5a61",
    "focus-halo": "#ffd24a",
    "good": "#17633a",
    "good-soft": "#e0f2e7",
    "warn": "#7a4d00",
    "warn-soft": "#fdf0d5",
    "bad": "#a3201a",
    "bad-soft": "#fce8e6",
    "info": "#1f4e8c",
    "info-soft": "#e4edf9",
    "hero": "#06343a",
    "on-hero": "#f2fafa",
    "shadow": "0 1px 2px rgb(18 32 42 / 6%), 0 8px 24px rgb(18 32 42 / 10%)",
}

DARK: Final = {
    "ground": "#0c1318",
    "surface": "#131c23",
    "raised": "#1a252e",
    "sunken": "#0f171d",
    "ink": "#e8eef2",
    "ink-soft": "#a7b6c2",
    "line": "#293742",
    "line-strong": "#748797",
    "accent": "#5cc4c8",
    "accent-strong": "#8ad8da",
    "accent-soft": "#123237",
    "on-accent": "#04191b",
    "focus": "#ffd24a",
    "focus-halo": "#0c1318",
    "good": "#6fcf97",
    "good-soft": "#12301f",
    "warn": "#f0bd63",
    "warn-soft": "#33260c",
    "bad": "#ff9c94",
    "bad-soft": "#3a1715",
    "info": "#8fb8ef",
    "info-soft": "#15263d",
    "hero": "#0a2a2f",
    "on-hero": "#e9f6f6",
    "shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 45%)",
}

FUEL_FAMILIES: Final = {
    "nuclear": ("#6f4bb2", "#a88be0"),
    "biomass": ("#2f7d3b", "#62b86f"),
    "gas": ("#a0937e", "#b8ab97"),
    "coal": ("#3f322b", "#7a6a60"),
    "oil": ("#5a4036", "#94786b"),
    "hydro": ("#0f8aa3", "#3fb5cc"),
    "pumped": ("#4cb6c9", "#86d5e2"),
    "wind": ("#2563c9", "#6ea0f0"),
    "solar": ("#e0a800", "#f2c744"),
    "other": ("#7a8691", "#97a4b0"),
    "interconnector": ("#8a9aa8", "#6f808f"),
}
"""The hue of each family of fuels, light and dark; members of a family are shades of it."""

CHART: Final = {
    "price": ("#0b6a72", "#5cc4c8"),
    "buy": ("#1d6fb8", "#6bb2f2"),
    "sell": ("#b3480f", "#ff9a5c"),
    "short": ("#1d6fb8", "#6bb2f2"),
    "long": ("#b3480f", "#ff9a5c"),
    "flagged": ("#8b5fbf", "#c3a2ec"),
    "tagged": ("#c3ccd3", "#3b4a56"),
    "marginal": ("#a3201a", "#ff9c94"),
    "units": ("#0b6a72", "#4fb7bc"),
    "nondelivery": ("#8b5fbf", "#c3a2ec"),
    "imbalance": ("#c8641b", "#f2995a"),
    "information": ("#7a8691", "#97a4b0"),
    "residual": ("#2f6fc0", "#7db0f2"),
    "energy": ("#5b4fc4", "#a9a1f0"),
    "contracts": ("#6b7883", "#a4b1bb"),
    "services": ("#2f7d3b", "#6cc07b"),
}
"""What the lines and bars of the other charts stand for."""


def stylesheet() -> str:
    """The tokens as CSS custom properties, light by default and dark under `.dark`."""
    fixed = [f"--k-size-{name}:{pixels / 16}rem" for name, pixels in SCALE_PX.items()]
    fixed += [f"--k-space-{name}:{pixels / 16}rem" for name, pixels in SPACE_PX.items()]
    light = [*_plain(LIGHT), *_pairs(0)]
    dark = [*_plain(DARK), *_pairs(1)]
    return f":root{{{';'.join(fixed + light)}}}.dark{{{';'.join(dark)}}}"


def _plain(tokens: dict[str, str]) -> list[str]:
    return [f"--k-{name}:{value}" for name, value in tokens.items()]


def _pairs(mode: int) -> list[str]:
    fuels = [f"--k-fuel-{name}:{shades[mode]}" for name, shades in FUEL_FAMILIES.items()]
    return fuels + [f"--k-chart-{name}:{shades[mode]}" for name, shades in CHART.items()]
