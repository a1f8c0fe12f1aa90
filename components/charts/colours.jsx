// Colours out of the stylesheet's tokens; a new set whenever light turns to dark.
import { useEffect, useState } from "react";

const PLAIN = ["ground", "surface", "raised", "sunken", "ink", "ink-soft", "line", "line-strong", "accent"];
const CHART = [
  "price", "buy", "sell", "short", "long", "flagged", "tagged", "marginal",
  "units", "nondelivery", "imbalance", "information", "residual", "energy", "contracts", "services",
];
const FAMILIES = [
  "nuclear", "biomass", "gas", "coal", "oil", "hydro", "pumped", "wind", "solar", "other",
  "interconnector",
];

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--k-${name}`).trim();
  const named = (names, prefix = "") =>
    Object.fromEntries(names.map((name) => [name, token(prefix + name)]));
  return {
    dark: document.documentElement.classList.contains("dark"),
    ...named(PLAIN),
    chart: named(CHART, "chart-"),
    fuel: named(FAMILIES, "fuel-"),
  };
}

/** The palette now. */
export function usePalette() {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const watcher = new MutationObserver(() => setPalette(readPalette()));
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    setPalette(readPalette());
    return () => watcher.disconnect();
  }, []);
  return palette;
}

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** One colour a part of the way to another. */
export function mix(from, to, part) {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, index) => Math.round(value + (b[index] - value) * part));
  return `rgb(${mixed.join(" ")})`;
}

const ANGLES = [45, -45, 0, 90, 22, -22, 68, -68];

/**
 * A look for each fuel: the hue of its family, a shade of it for each further member, and for an
 * interconnector a hatching by country. `css` is the same look for a swatch.
 */
export function fuelLooks(fuels, palette) {
  const members = {};
  const countries = [];
  return Object.fromEntries(
    fuels.map((fuel) => {
      const place = (members[fuel.family] = (members[fuel.family] ?? -1) + 1);
      const hue = palette.fuel[fuel.family] ?? palette.fuel.other;
      const shade = mix(hue, place % 2 ? palette.ink : palette.surface, shadePart(place));
      if (!fuel.interconnector) return [fuel.code, { colour: shade, css: { background: shade } }];
      if (!countries.includes(fuel.country)) countries.push(fuel.country);
      const angle = ANGLES[countries.indexOf(fuel.country) % ANGLES.length];
      return [fuel.code, hatched(mix(hue, palette.surface, 0.2 + 0.1 * (place % 5)), angle, palette)];
    }),
  );
}

const shadePart = (place) => Math.min(0.6, 0.28 * Math.ceil(place / 2));

function hatched(colour, angle, palette) {
  const line = mix(palette["ink-soft"], palette.surface, 0.35);
  const stripes = `repeating-linear-gradient(${90 - angle}deg, ${line} 0 1.5px, ${colour} 1.5px 5px)`;
  const decal = {
    symbol: "rect",
    color: line,
    dashArrayX: [1, 0],
    dashArrayY: [1.5, 4.5],
    rotation: (angle * Math.PI) / 180,
  };
  return { colour, decal, css: { background: stripes } };
}
