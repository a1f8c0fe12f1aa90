// The recipe of any series on one clock: a panel for each unit, a step for each value.
import { MINUTE, settlementDate, settlementPeriod, time, timeToSeconds, zone } from "./words.jsx";

const COLOURS = ["price", "imbalance", "energy", "services", "buy", "marginal", "contracts", "flagged"];
const number = (places) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
const PLACES = { MW: number(0), MWh: number(0), "GBP/MWh": number(2), Hz: number(3) };

const figure = (value, unit) =>
  value === null || value === undefined ? "" : (PLACES[unit] ?? number(2)).format(value).replace("-", "\u2212");
const unitWords = (unit) => ({ "GBP/MWh": "£/MWh", GBP: "£" })[unit] ?? unit;
const units = (data) => [...new Set(data.series.map((one) => one.unit))];

/** `5 days`, and of one `day`: to stand after "every". */
const counted = (number, word) => (Math.round(number) <= 1 ? word : `${Math.round(number)} ${word}s`);

/** Where every line is of one thing, the page says of which, and the legend need not. */
function named(series) {
  const [first] = series;
  const isOne = series.length > 1 && first.of && series.every((one) => one.of === first.of);
  return isOne ? series.map((one) => ({ ...one, name: one.name.replace(`, ${first.of}`, "") })) : series;
}

export const lines = {
  empty: "Nothing was taken in for these days.",
  axes: (data) => units(data).map((unit) => ({ name: unitWords(unit) || "Value", before: "" })),
  grids: (data) => units(data).map((_, index, all) => ({ top: index ? 44 : 34, share: 1 / all.length })),
  least: MINUTE,
  band: false,

  read: (document) => ({
    time: document.time,
    columns: document.values,
    series: named(document.series),
    minutes: document.step_seconds / 60,
    bucket: document.bucket_seconds / 60,
    thinned: document.thinned,
    isWhole: !document.thinned,
  }),
  hasMore: (held, seen) =>
    held.thinned && (!held.from || (seen.to - seen.from) * 2.2 < held.to - held.from),
  ask: () => ({ points: 3000 }),
  note(data) {
    const shown = data.detail ?? data;
    if (!shown.thinned) return "Every value is drawn.";
    const hours = shown.bucket / 60;
    const span = hours >= 48 ? counted(hours / 24, "day") : hours >= 1 ? counted(hours, "hour") : counted(shown.bucket, "minute");
    return `Of every ${span}, the lowest and the highest value of each series are drawn. Zoom in for all.`;
  },

  looks: (data, palette) =>
    Object.fromEntries(
      data.series.map((one, index) => {
        const colour = palette.chart[COLOURS[index % COLOURS.length]];
        return [one.id, { colour, css: { background: colour } }];
      }),
    ),

  overview: (data) => data.columns[data.series[0].id],

  series(data, { hidden, looks }) {
    const kinds = units(data);
    const step = data.minutes * 60_000;
    // A value holds until the next; of a thinned range only extremes are left, and they are joined.
    const isThinned = Boolean((data.detail ?? data).thinned);
    return data.series.map((one) => {
      const values = data.columns[one.id];
      const points = hidden.has(one.id) ? [] : data.time.map((at, index) => [at, values[index]]);
      const last = points.at(-1);
      return {
        id: one.id,
        name: one.name,
        type: "line",
        step: isThinned ? false : "end",
        symbol: "none",
        silent: true,
        animation: false,
        xAxisIndex: kinds.indexOf(one.unit),
        yAxisIndex: kinds.indexOf(one.unit),
        lineStyle: { width: isThinned ? 1.25 : 1.75, color: looks[one.id].colour, join: isThinned ? "bevel" : "round" },
        itemStyle: { color: looks[one.id].colour },
        data: last ? [...points, [last[0] + step, last[1]]] : points,
      };
    });
  },

  extents(data, first, last, { hidden }) {
    return units(data).map((unit) => {
      let [low, high] = [Infinity, -Infinity];
      for (const one of data.series) {
        if (one.unit !== unit || hidden.has(one.id)) continue;
        const values = data.columns[one.id];
        for (let index = first; index < last; index += 1) {
          const value = values[index];
          if (value === null || value === undefined) continue;
          if (value < low) low = value;
          if (value > high) high = value;
        }
      }
      if (low > high) return [0, 1];
      // Frequency and the like say nothing from zero; what is near zero starts there.
      const isFar = low > 0 && (high - low) / high < 0.2;
      return isFar ? [low, high, false] : [low, high];
    });
  },

  inSight(extents, data) {
    const kinds = units(data);
    const spans = extents.map(
      ([low, high], index) => `${figure(low, kinds[index])} to ${figure(high, kinds[index])} ${unitWords(kinds[index])}`,
    );
    return `In sight: ${spans.join("; ")}.`;
  },

  hasValue: (data, index) => data.series.some((one) => data.columns[one.id][index] !== null),

  readout: (data, index, { looks }) => ({
    unit: "",
    totals: [],
    rows: data.series.map((one) => ({
      id: one.id,
      name: one.name,
      note: unitWords(one.unit),
      text: figure(data.columns[one.id][index], one.unit),
      css: looks[one.id].css,
    })),
  }),

  columns: (data) => [
    ["Settlement Date", "text"],
    ["SP", "figure"],
    ["From", "text"],
    ...data.series.map((one) => [`${one.name} (${unitWords(one.unit)})`, "figure"]),
  ],
  row: (data, index) => {
    const at = data.time[index];
    return [
      settlementDate(at),
      settlementPeriod(at),
      data.minutes < 1 ? `${timeToSeconds(at)} ${zone(at)}` : time(at),
      ...data.series.map((one) => figure(data.columns[one.id][index], one.unit)),
    ];
  },
};

