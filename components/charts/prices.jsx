// The recipe of the system price over the net imbalance volume, on one clock.
import { zeroLine } from "./axes.jsx";
import {
  HOUR,
  PERIOD,
  megawattHours,
  periodOf,
  pounds,
  settlementDate,
  settlementPeriod,
  time,
} from "./words.jsx";

const until = (data, points) =>
  points.length ? [...points, [points.at(-1)[0] + PERIOD, points.at(-1)[1]]] : points;

/** A value holds until the next; of a thinned range only extremes are left, and they are joined. */
function stepLine(id, points, colour, more = {}) {
  return {
    id,
    name: id,
    type: "line",
    step: "end",
    symbol: "none",
    silent: true,
    animation: false,
    lineStyle: { width: 1.75, color: colour, join: "round" },
    itemStyle: { color: colour },
    data: points,
    ...more,
  };
}

/** Of many extremes, close together, an outline reads as the area does and costs half to draw. */
function joinedUp({ areaStyle, ...series }) {
  const line = { ...series.lineStyle, join: "bevel", width: areaStyle ? 1 : 1.25 };
  return { ...series, step: false, lineStyle: line, data: turning(series.data) };
}

/** Points where a line turns, and its ends: what lies between them on its way says no more. */
function turning(points) {
  return points.filter(([, value], place) => {
    const [before, after] = [points[place - 1]?.[1], points[place + 1]?.[1]];
    if (value === null || typeof before !== "number" || typeof after !== "number") return true;
    return (value - before) * (after - value) < 0 || (value === before) !== (value === after);
  });
}

function side(id, data, sign, colour) {
  const points = data.time.map((at, index) => {
    const value = data.columns.volume[index];
    return [at, value === null ? null : sign * Math.max(0, sign * value)];
  });
  return stepLine(id, until(data, points), colour, {
    xAxisIndex: 1,
    yAxisIndex: 1,
    lineStyle: { width: 0.75, color: colour },
    areaStyle: { color: colour, opacity: 0.55, origin: 0 },
  });
}

export function stateWord(volume) {
  if (volume === null || volume === undefined) return "";
  if (volume === 0) return "In balance";
  return volume > 0 ? "Short" : "Long";
}

export const prices = {
  empty: "No prices were taken in for these days.",
  axes: () => [
    { name: "System price (£/MWh)", before: "£" },
    { name: "Net imbalance volume (MWh): short above, long below", before: "" },
  ],
  grids: () => [
    { top: 34, share: 0.6 },
    { top: 40, share: 0.4 },
  ],
  least: 3 * HOUR,
  band: true,

  read: (document) => ({
    time: document.time,
    columns: {
      price: document.system_price,
      sell: document.system_sell_price,
      volume: document.net_imbalance_volume,
      run: document.run.map((code) => document.runs[code] ?? code),
    },
    minutes: 30,
    bucket: document.bucket_minutes,
    thinned: document.thinned,
    isWhole: !document.thinned,
  }),
  hasMore: (held, seen) =>
    held.thinned && (!held.from || (seen.to - seen.from) * 2.2 < held.to - held.from),
  ask: () => ({ points: 2400 }),
  note(data) {
    const shown = data.detail ?? data;
    if (!shown.thinned) return "Every half-hour is drawn.";
    const hours = shown.bucket / 60;
    const span = hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} hours`;
    return `Of every ${span}, the half-hours with the lowest and the highest value are drawn. Zoom in for all.`;
  },

  looks: (_, palette) => ({
    price: { css: { background: palette.chart.price } },
    short: { css: { background: palette.chart.short } },
    long: { css: { background: palette.chart.long } },
    sell: { css: { background: palette.chart.flagged } },
  }),

  overview: (data) => data.columns.price,

  series(data, { palette, hidden }) {
    const isThinned = Boolean((data.detail ?? data).thinned);
    const points = (values) => until(data, data.time.map((at, index) => [at, values[index]]));
    const series = [
      stepLine("price", points(data.columns.price), palette.chart.price, {
        lineStyle: { width: 1.75, color: palette.chart.price, opacity: hidden.has("price") ? 0 : 1 },
      }),
    ];
    if (hasTwoPrices(data) && !hidden.has("sell")) {
      series.push(stepLine("sell", points(data.columns.sell), palette.chart.flagged));
    }
    if (!hidden.has("volume")) {
      series.push(side("short", data, 1, palette.chart.short));
      series.push(side("long", data, -1, palette.chart.long));
      series.at(-1).markLine = zeroLine(palette);
    }
    return isThinned ? series.map(joinedUp) : series;
  },

  extents(data, first, last) {
    const span = (...lists) => {
      let [low, high] = [0, 0];
      for (const values of lists) {
        for (let index = first; index < last; index += 1) {
          const value = values[index];
          if (value < low) low = value;
          if (value > high) high = value;
        }
      }
      return [low, high];
    };
    return [span(data.columns.price, data.columns.sell), span(data.columns.volume)];
  },

  inSight: ([[low, high]]) => `In sight: prices down to ${pounds(low)} and up to ${pounds(high)}.`,

  hasValue: (data, index) => data.columns.price[index] !== null,

  readout(data, index, { looks }) {
    const { price, sell, volume } = data.columns;
    const is = stateWord(volume[index]);
    const rows = [
      {
        id: "price",
        name: hasTwoPrices(data) ? "System Buy Price" : "System price",
        note: "£/MWh",
        text: pounds(price[index]),
        css: looks.price.css,
      },
      {
        id: "volume",
        name: "Net imbalance volume",
        note: is ? `MWh, ${is.toLowerCase()}` : "MWh",
        text: megawattHours(volume[index]),
        css: (is === "Long" ? looks.long : looks.short).css,
      },
    ];
    if (hasTwoPrices(data)) {
      const text = pounds(sell[index]);
      rows.splice(1, 0, { id: "sell", name: "System Sell Price", note: "£/MWh", text, css: looks.sell.css });
    }
    const run = data.columns.run?.[index];
    const totals = run ? [{ name: "By", text: run }] : [];
    return { unit: "", rows, totals };
  },

  open: (data, index) => stackAddress(data.time[index]),
  openWords: (data, index) => `Open the stack of ${periodOf(data.time[index]).split(" · ")[0]}`,

  columns: () => [
    ["Settlement Date", "text"],
    ["SP", "figure"],
    ["From", "text"],
    ["System price (£/MWh)", "figure"],
    ["Net imbalance volume (MWh)", "figure"],
    ["The system is", "text"],
    ["Run", "text"],
    ["How it was made", "text"],
  ],
  row(data, index) {
    const at = data.time[index];
    const { price, volume } = data.columns;
    const address = price[index] === null ? null : stackAddress(at);
    return [
      settlementDate(at),
      settlementPeriod(at),
      time(at),
      pounds(price[index]),
      megawattHours(volume[index]),
      stateWord(volume[index]),
      data.columns.run?.[index] ?? "",
      address ? { href: address, text: "Open its stack" } : "",
    ];
  },
};

export const stackAddress = (at) =>
  `/insights/price-stack?date=${settlementDate(at)}&period=${settlementPeriod(at)}`;

function hasTwoPrices({ columns: { price, sell } }) {
  return sell.some((value, index) => value !== price[index]);
}
