// The recipe of generation by fuel: a stack of areas, import above the line, export below.
import { fuelLooks } from "./colours.jsx";
import { DAY, MINUTE, NO_DATA, megawatts, settlementDate, settlementPeriod, time } from "./words.jsx";

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

function line(id, points, look, stack, isStep) {
  return {
    id,
    name: id,
    type: "line",
    stack,
    stackStrategy: "all",
    step: isStep ? "end" : false,
    symbol: "none",
    silent: true,
    animation: false,
    lineStyle: { width: 0.5, color: look.colour },
    itemStyle: { color: look.colour, decal: look.decal ?? { symbol: "none" } },
    areaStyle: { color: look.colour, opacity: 1 },
    data: points,
  };
}

/** Points of one sign; the last value holds until its interval ends. */
function pointsOf(data, values, sign) {
  const points = data.time.map((at, index) => {
    const value = values[index];
    return [at, value === null ? null : sign * Math.max(0, sign * value)];
  });
  if (points.length) {
    const [at, value] = points.at(-1);
    points.push([at + data.minutes * MINUTE, value]);
  }
  return points;
}

export const generation = {
  empty: "No generation was taken in for these days.",
  axes: [{ name: "Power (MW)", before: "" }],
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

  series(data, { looks, hidden, palette }) {
    const isStep = data.minutes >= 30;
    const total = data.time.map((at, index) => [
      at,
      sum(data.fuels.map((fuel) => Math.max(0, data.columns[fuel.code][index] ?? 0))),
    ]);
    const overview = {
      id: "overview",
      type: "line",
      symbol: "none",
      silent: true,
      animation: false,
      z: 5,
      lineStyle: { opacity: 0 },
      data: total,
      markLine: {
        silent: true,
        symbol: "none",
        animation: false,
        lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" },
        label: { show: false },
        data: [{ yAxis: 0 }],
      },
    };
    const series = [overview];
    for (const fuel of data.fuels) {
      if (hidden.has(fuel.code)) continue;
      const values = data.columns[fuel.code];
      const look = looks[fuel.code];
      series.push(line(fuel.code, pointsOf(data, values, 1), look, "up", isStep));
      if (values.some((value) => value < 0)) {
        series.push(line(`${fuel.code} taken`, pointsOf(data, values, -1), look, "down", isStep));
      }
    }
    return series;
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
        { name: "Generation", text: total(own) },
        { name: "Imports", text: total(joined.filter((of) => of > 0)) },
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
