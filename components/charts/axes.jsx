// Where the grids of a chart of time stand, and their axes.
import { lowerBound } from "./series.jsx";
import { MINUTE, niceExtent, tickLabel, timeTicks, zone } from "./words.jsx";

export const RIGHT = 18;
const FOOT = 92; // the axis, its title and the brush
const ZONE_GAP = 30;
export const leftOf = (width) => (width < 520 ? 60 : 66);

export const rangeOf = (data) => ({
  from: data.time[0],
  to: data.time.at(-1) + data.minutes * MINUTE,
});

/** Where each grid stands in a box of this size. */
export function places(recipe, data, width, height) {
  const grids = recipe.grids(data);
  const free = height - FOOT - grids.reduce((total, grid) => total + grid.top, 0);
  let top = 0;
  return grids.map((grid) => {
    top += grid.top;
    const place = { left: leftOf(width), right: RIGHT, top, height: Math.round(free * grid.share), outerBoundsMode: "none" };
    top += place.height;
    return place;
  });
}

/** What the axes depend on: as one pans, little of it changes, and what does not is not set again. */
export function framing(recipe, data, context, seen, width) {
  const [first, last] = [lowerBound(data.time, seen.from) - 1, lowerBound(data.time, seen.to)];
  const extents = recipe.extents(data, Math.max(0, first), last, context).map((of) => niceExtent(...of));
  const isDense = last - first > DENSE;
  // Ticks reach to both sides of what is in sight, so that they hold for a while.
  const span = seen.to - seen.from;
  const from = Math.floor(seen.from / span) * span - span;
  const most = 4 * Math.max(2, Math.floor(width / 92));
  const ticks = timeTicks(from, from + 4 * span, most);
  return { extents, ticks, isDense, zone: zones(seen) };
}

export function axes(recipe, data, context, { extents, ticks, isDense, zone: clock }, width) {
  const { palette } = context;
  const labels = new Map(ticks.map((tick) => [tick.at, tick.label]));
  const marks = ticks.map((tick) => tick.at);
  const soft = { color: palette["ink-soft"], fontSize: 12, fontFamily: context.font };
  const titles = recipe.axes(data);
  const isLast = (index) => index === extents.length - 1;
  const range = rangeOf(data);
  const filterMode = filtering(isDense);
  return {
    dataZoom: [{ filterMode }, { filterMode }],
    xAxis: extents.map((_, index) => ({
      id: `x${index}`,
      type: "value",
      gridIndex: index,
      min: range.from,
      max: range.to,
      axisLine: { show: false, onZero: false },
      axisTick: { show: isLast(index), customValues: marks, lineStyle: { color: palette["line-strong"] } },
      axisLabel: {
        ...soft,
        show: isLast(index),
        customValues: marks,
        hideOverlap: true,
        alignMinLabel: "left",
        alignMaxLabel: "right",
        formatter: (value) => labels.get(value) ?? "",
      },
      splitLine: { show: false },
      name: isLast(index) ? `Time (London, ${clock})` : "",
      nameLocation: "middle",
      nameGap: ZONE_GAP,
      nameTextStyle: soft,
      axisPointer: { show: false },
    })),
    yAxis: extents.map(({ min, max, step }, index) => ({
      id: `y${index}`,
      type: "value",
      gridIndex: index,
      min,
      max,
      interval: step,
      name: titles[index].name,
      nameLocation: "end",
      nameGap: 12,
      nameTextStyle: { ...soft, align: "left", padding: [0, 0, 0, 8 - leftOf(width)] },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...soft, formatter: (value) => tickLabel(value, step, titles[index].before) },
      splitLine: { lineStyle: { color: palette.line } },
    })),
  };
}

/**
 * Of many points those out of sight are left out, which is most of the work; of few they are kept,
 * since a line must reach the edge of what is in sight.
 */
const DENSE = 500;
export const filtering = (isDense) => (isDense ? "filter" : "none");

function zones({ from, to }) {
  const [first, last] = [zone(from), zone(to - 1)];
  return first === last ? first : `${first} and ${last}`;
}

/** What marks zero, behind a line or a bar that may be on either side. */
export const zeroLine = (palette) => ({
  silent: true,
  symbol: "none",
  animation: false,
  lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" },
  label: { show: false },
  data: [{ yAxis: 0 }],
});
