// The recipe of generation by fuel: a stack of areas, import above the line, export below.
import { fuelLooks } from "./colours.jsx";
import { takenWords } from "./supply.jsx";
import { DAY, MINUTE, NO_DATA, megawatts, settlementDate, settlementPeriod, time } from "./words.jsx";

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

function area(id, points, look) {
  return {
    id,
    name: id,
    type: "line",
    symbol: "none",
    silent: true,
    animation: false,
    lineStyle: { width: 0.5, color: look.colour },
    itemStyle: { color: look.colour, decal: look.decal ?? { symbol: "none" } },
    areaStyle: { color: look.colour, opacity: 1, origin: 0 },
    data: points,
  };
}

/**
 * The corners of every layer of the stack, as [moment, index of its value]: one list for all. A
 * half-hour's mean is flat to its end; the last value holds until its interval ends.
 */
function cornersOf({ time: starts, minutes }) {
  const end = (index) => starts[index + 1] ?? starts[index] + minutes * MINUTE;
  if (minutes >= 30) return starts.flatMap((at, index) => [[at, index], [end(index), index]]);
  const corners = starts.map((at, index) => [at, index]);
  return starts.length ? [...corners, [end(starts.length - 1), starts.length - 1]] : corners;
}

/**
 * The layers of one sign, farthest from zero first. Each is drawn from its top all the way to zero
 * and the next over it: ECharts leaves out tiny moves of an edge, and where a layer ended at the
 * edge of the one below, what each of the two left out stood open between them.
 */
function layers(data, fuels, sign, looks) {
  const corners = cornersOf(data);
  let below = data.time.map((_, index) => (generation.hasValue(data, index) ? 0 : null));
  const drawn = [];
  for (const fuel of fuels) {
    const values = data.columns[fuel.code];
    if (!values.some((value) => sign * value > 0)) continue;
    const top = below.map((under, index) => under === null ? null : under + sign * Math.max(0, sign * values[index]));
    const points = corners.map(([at, index]) => [at, top[index]]);
    drawn.unshift(area(sign > 0 ? fuel.code : `${fuel.code} taken`, points, looks[fuel.code]));
    below = top;
  }
  return drawn;
}

export const generation = {
  empty: "No generation was taken in for these days.",
  axes: () => [{ name: "Power (MW)", before: "" }],
  grids: () => [{ top: 34, share: 1 }],
  least: 60 * MINUTE,

  read: (document) => ({
    time: document.time,
    columns: document.series,
    fuels: document.fuels,
    minutes: document.resolution_minutes,
  }),
  hasMore: (held, seen, finest) => held.minutes > finest && seen.to - seen.from <= 8 * DAY,
  ask: (_, finest) => ({ resolution: `${finest}m` }),
  note: (data, finest) =>
    data.minutes > finest && !data.detail
      ? "Half-hour means. Zoom in to eight days or less for each five minutes."
      : `${data.detail?.minutes ?? data.minutes}-minute values${data.minutes === 30 && !data.detail ? " (means of six)" : ""}.`,

  looks: (data, palette) => fuelLooks(data.fuels, palette),

  overview: (data) =>
    data.time.map((_, index) =>
      generation.hasValue(data, index)
        ? sum(data.fuels.map((fuel) => Math.max(0, data.columns[fuel.code][index] ?? 0)))
        : null,
    ),

  series(data, { looks, hidden }) {
    const shown = data.fuels.filter((fuel) => !hidden.has(fuel.code));
    return [...layers(data, shown, 1, looks), ...layers(data, shown, -1, looks)];
  },

  extents(data, first, last, { hidden }) {
    let [low, high] = [0, 0];
    const shown = data.fuels.filter((fuel) => !hidden.has(fuel.code));
    for (let index = first; index < last; index += 1) {
      let [up, down] = [0, 0];
      for (const fuel of shown) {
        const value = data.columns[fuel.code][index] ?? 0;
        if (value > 0) up += value;
        else down += value;
      }
      low = Math.min(low, down);
      high = Math.max(high, up);
    }
    return [[low, high]];
  },

  inSight: ([[low, high]]) => `In sight: up to ${megawatts(high)} MW, exports and pumping down to ${megawatts(low)} MW.`,

  hasValue: (data, index) => data.fuels.some((fuel) => data.columns[fuel.code][index] !== null),

  readout(data, index, { looks }) {
    const value = (fuel) => data.columns[fuel.code][index];
    const own = data.fuels.filter((fuel) => !fuel.interconnector).map(value);
    const joined = data.fuels.filter((fuel) => fuel.interconnector).map(value);
    const known = generation.hasValue(data, index);
    const total = (values) => (known ? megawatts(sum(values)) : NO_DATA);
    return {
      unit: "MW",
      rows: [...data.fuels].reverse().map((fuel) => ({
        id: fuel.code,
        name: fuel.name,
        note: fuel.country ?? "",
        text: megawatts(value(fuel)),
        css: looks[fuel.code].css,
      })),
      totals: [
        { name: "Generation", text: total(own.filter((of) => of > 0)) },
        { name: "Imports", text: total(joined.filter((of) => of > 0)) },
        { name: takenWords(data.fuels, value), text: total(own.filter((of) => of < 0)) },
        { name: "Exports", text: total(joined.filter((of) => of < 0)) },
        { name: "Total", text: total([...own, ...joined]), strong: true },
      ],
    };
  },

  columns: (data) => [
    ["Settlement Date", "text"],
    ["SP", "figure"],
    ["Time", "text"],
    ...data.fuels.map((fuel) => [`${fuel.name} (MW)`, "figure"]),
    ["Total (MW)", "figure"],
  ],
  row(data, index) {
    const at = data.time[index];
    const values = data.fuels.map((fuel) => data.columns[fuel.code][index]);
    const total = generation.hasValue(data, index) ? sum(values) : null;
    return [
      settlementDate(at),
      settlementPeriod(at),
      time(at),
      ...values.map(megawatts),
      megawatts(total),
    ];
  },
};
