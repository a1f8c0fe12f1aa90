// What the charts of a company's settlement share: bars and lines of half-hours, and links to explanations.
import { zeroLine } from "./axes.jsx";
import { HOUR, PERIOD, periodOf, settlementDate, settlementPeriod, time } from "./words.jsx";

const EXPLANATION = "/settlement/explain";
const GAP = 0.12; // of a period, between two bars

export function explained(run, quantity, key, of) {
  const query = new URLSearchParams({ run, quantity, ...key, ...(of ? { of } : {}) });
  return `${EXPLANATION}?${query}`;
}

export const keyAt = (at) => ({ settlement_date: settlementDate(at), settlement_period: settlementPeriod(at) });

/** Bars of a half-hour each: `blocks` are [start, from, to] on the value axis. */
export function bars(id, blocks, colour, grid = 0, opacity = 1) {
  return {
    id,
    type: "custom",
    silent: true,
    clip: true,
    animation: false,
    xAxisIndex: grid,
    yAxisIndex: grid,
    encode: { x: 0, y: [1, 2] },
    data: blocks,
    renderItem(params, api) {
      const [at, from, to] = [api.value(0), api.value(1), api.value(2)];
      const [x0, y0] = api.coord([at + GAP * PERIOD, from]);
      const [x1, y1] = api.coord([at + (1 - GAP) * PERIOD, to]);
      const shape = { x: x0, y: Math.min(y0, y1), width: Math.max(1, x1 - x0), height: Math.abs(y1 - y0) };
      return { type: "rect", shape, style: { fill: colour, opacity } };
    },
  };
}

export function stepLine(id, data, values, colour, grid = 0, more = {}) {
  const points = data.time.map((at, index) => [at, values[index]]);
  const last = points.at(-1);
  return {
    id,
    type: "line",
    step: "end",
    symbol: "none",
    silent: true,
    animation: false,
    xAxisIndex: grid,
    yAxisIndex: grid,
    lineStyle: { width: 2, color: colour, join: "round", ...more },
    itemStyle: { color: colour },
    data: [...points, [last[0] + PERIOD, last[1]]],
  };
}

/** Where zero is in a grid, whatever else is drawn there. */
export function zeroOf(data, palette, grid = 0) {
  const zeros = data.time.map(() => 0);
  return { ...stepLine(`zero ${grid}`, data, zeros, "transparent", grid), markLine: zeroLine(palette) };
}

/** The least and the greatest of some columns among the periods in sight. */
export function span(lists, first, last) {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let index = first; index < last; index += 1) {
      if (values[index] < low) low = values[index];
      if (values[index] > high) high = values[index];
    }
  }
  return low > high ? [0, 0] : [low, high];
}

export const common = {
  empty: "The run has no figures of yours for this day.",
  least: 3 * HOUR,
  band: true,
  hasMore: () => false,
  ask: () => ({}),
  openWords: (data, index) => `Explain ${periodOf(data.time[index]).split(" · ")[0]}`,
  readBase: (document) => ({ time: document.time, columns: document.columns, minutes: 30, about: document }),
};

export const PERIOD_COLUMNS = [
  ["SP", "figure"],
  ["From", "text"],
];
export const periodCells = (at) => [settlementPeriod(at), time(at)];

export const payWord = (value) => (Math.abs(value) < 0.005 ? "" : value > 0 ? "you are paid" : "you pay");
