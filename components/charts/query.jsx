// The recipe of an answer to a query: up to eight lines of whatever was asked, on one clock.
import { HOUR, MINUTE, settlementPeriod, date, time } from "./words.jsx";

const COLOURS = ["price", "sell", "energy", "services", "flagged", "marginal", "residual", "contracts"];
const UNIT_WORDS = { "GBP/MWh": "£/MWh", GBP: "£" };

const unitWord = (unit) => UNIT_WORDS[unit] ?? unit ?? "";
const figure = (value) =>
  value === null || value === undefined
    ? "No data"
    : value.toLocaleString("en-GB", { maximumSignificantDigits: 7 }).replace("-", "\u2212");

const MOST_AXES = 3;

/** The units of the lines, each with an axis of its own; one axis for all where they are many. */
function axesOf(data) {
  const units = [...new Set(data.lines.map(({ unit }) => unitWord(unit)))];
  return units.length <= MOST_AXES ? units : [units.filter(Boolean).join(", ")];
}

const axisOf = (data, unit) => Math.max(0, axesOf(data).indexOf(unitWord(unit)));

export const query = {
  empty: "The answer has no times with numbers beside them, and so nothing to draw.",
  least: HOUR,
  band: false,
  whole: true,
  hasMore: () => false,
  ask: () => ({}),

  axes: (data) => axesOf(data).map((unit) => ({ name: unit ? `Value (${unit})` : "Value", before: "" })),
  grids: (data) => axesOf(data).map((_, place, all) => ({ top: place ? 40 : 34, share: 1 / all.length })),

  read: (document) => ({
    time: document.time,
    columns: document.columns,
    lines: document.lines,
    minutes: document.minutes,
  }),

  note: () => "At most eight lines are drawn, each as steps from one time to the next.",

  looks: (data, palette) =>
    Object.fromEntries(
      data.lines.map(({ id }, place) => {
        const colour = palette.chart[COLOURS[place % COLOURS.length]];
        return [id, { colour, css: { background: colour } }];
      }),
    ),

  overview: (data) => data.columns[data.lines[0].id],

  series(data, { hidden, looks }) {
    const end = data.time.at(-1) + data.minutes * MINUTE;
    return data.lines
      .filter(({ id }) => !hidden.has(id))
      .map(({ id, unit }) => ({
        id,
        name: id,
        type: "line",
        xAxisIndex: axisOf(data, unit),
        yAxisIndex: axisOf(data, unit),
        step: "end",
        symbol: "none",
        silent: true,
        animation: false,
        lineStyle: { width: 1.75, color: looks[id].colour, join: "round" },
        itemStyle: { color: looks[id].colour },
        data: [...data.time.map((at, index) => [at, data.columns[id][index]]), [end, data.columns[id].at(-1)]],
      }));
  },

  extents(data, first, last, { hidden }) {
    const spans = axesOf(data).map(() => [0, 0]);
    for (const { id, unit } of data.lines.filter((line) => !hidden.has(line.id))) {
      const span = spans[axisOf(data, unit)];
      for (let index = first; index < last; index += 1) {
        const value = data.columns[id][index];
        if (value === null) continue;
        span[0] = Math.min(span[0], value);
        span[1] = Math.max(span[1], value);
      }
    }
    return spans;
  },

  inSight: ([[low, high]]) => `In sight: from ${figure(low)} to ${figure(high)}.`,
  hasValue: (data, index) => data.lines.some(({ id }) => data.columns[id][index] !== null),

  readout: (data, index, { looks }) => ({
    unit: "",
    rows: data.lines.map(({ id, unit }) => ({
      id,
      name: id,
      note: unitWord(unit),
      text: figure(data.columns[id][index]),
      css: looks[id].css,
    })),
    totals: [],
  }),

  columns: (data) => [
    ["Date", "text"],
    ["SP", "figure"],
    ["From", "text"],
    ...data.lines.map(({ id, unit }) => [unit ? `${id} (${unitWord(unit)})` : id, "figure"]),
  ],
  row(data, index) {
    const at = data.time[index];
    return [date(at), settlementPeriod(at), time(at), ...data.lines.map(({ id }) => figure(data.columns[id][index]))];
  },
};
