// The strip below a chart of time: all of it, with a brush that chooses what is in sight.
import { RIGHT, filtering, leftOf, rangeOf, zeroLine } from "./axes.jsx";
import { MINUTE } from "./words.jsx";

const STRIP_POINTS = 400;

/**
 * The strip below the chart, on the chart's own clock. ECharts draws the first series there, one
 * point after the other whatever their time, so it gets points at even steps of the whole range:
 * of each step the value farthest from zero, or else the one that still holds; in a gap, none.
 */
export function overview(recipe, data, palette) {
  const { from, to } = rangeOf(data);
  const step = (to - from) / (STRIP_POINTS - 1);
  const values = recipe.overview(data);
  const holds = 2 * Math.max(data.minutes, data.bucket ?? 0) * MINUTE;
  let next = 0;
  const points = Array.from({ length: STRIP_POINTS }, (_, place) => {
    const at = from + place * step;
    let farthest = null;
    for (; next < data.time.length && data.time[next] < at + step / 2; next += 1) {
      const value = values[next];
      if (value !== null && (farthest === null || Math.abs(value) > Math.abs(farthest))) farthest = value;
    }
    const isHeld = next > 0 && at - data.time[next - 1] <= holds;
    return [at, farthest ?? (isHeld ? values[next - 1] : null)];
  });
  return {
    id: "overview",
    type: "line",
    symbol: "none",
    silent: true,
    animation: false,
    z: 5,
    lineStyle: { opacity: 0 },
    data: points,
    markLine: zeroLine(palette),
  };
}

export function brush(recipe, data, palette, seen, width, isDense) {
  const all = recipe.grids(data).map((_, index) => index);
  const filterMode = filtering(isDense);
  const range = { startValue: seen.from, endValue: seen.to, xAxisIndex: all, filterMode };
  const quiet = { color: palette["line-strong"], opacity: 0.35 };
  return [
    { type: "inside", minValueSpan: recipe.least, throttle: 16, preventDefaultMouseMove: false, ...range },
    {
      type: "slider",
      minValueSpan: recipe.least,
      left: leftOf(width),
      right: RIGHT,
      bottom: 6,
      height: 26,
      brushSelect: false,
      showDetail: false,
      borderColor: palette.line,
      borderRadius: 4,
      backgroundColor: palette.sunken,
      fillerColor: "transparent",
      dataBackground: { lineStyle: { opacity: 0 }, areaStyle: quiet },
      selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { color: palette.accent, opacity: 0.45 } },
      handleStyle: { color: palette.surface, borderColor: palette.accent, borderWidth: 1.5 },
      moveHandleStyle: { color: palette["line-strong"], opacity: 0.5 },
      moveHandleSize: 4,
      emphasis: { handleStyle: { borderColor: palette.accent }, moveHandleStyle: { opacity: 0.8, color: palette.accent } },
      ...range,
    },
  ];
}

/** What was zoomed or panned to, from ECharts' event. */
export function zoomedTo(event, { from, to }) {
  const said = event.batch?.[0] ?? event;
  if (said.startValue !== undefined && said.start === undefined) {
    return { from: said.startValue, to: said.endValue };
  }
  return { from: from + ((to - from) * said.start) / 100, to: from + ((to - from) * said.end) / 100 };
}
