// The drawn part of a chart of time: axes, zoom, pan, brush and the crosshair.
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import { echarts } from "./engine.jsx";
import { lowerBound } from "./series.jsx";
import { MINUTE, date, niceExtent, tickLabel, time, timeTicks, timeToSeconds, zone } from "./words.jsx";

const RIGHT = 18;
const FOOT = 92; // the axis, its title and the brush
const ZONE_GAP = 30;
const leftOf = (width) => (width < 520 ? 60 : 66);

export const rangeOf = (data) => ({
  from: data.time[0],
  to: data.time.at(-1) + data.minutes * MINUTE,
});

const STRIP_POINTS = 400;

/**
 * The strip below the chart, on the chart's own clock. ECharts draws the first series there, one
 * point after the other whatever their time, so it gets points at even steps of the whole range:
 * of each step the value farthest from zero, or else the one that still holds; in a gap, none.
 */
function overview(recipe, data, palette) {
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
    markLine: {
      silent: true,
      symbol: "none",
      animation: false,
      lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" },
      label: { show: false },
      data: [{ yAxis: 0 }],
    },
  };
}

/** Where each grid stands in a box of this size. */
function places(recipe, data, width, height) {
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
function framing(recipe, data, context, seen, width) {
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

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function axes(recipe, data, context, { extents, ticks, isDense, zone: clock }, width) {
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
const filtering = (isDense) => (isDense ? "filter" : "none");

function zones({ from, to }) {
  const [first, last] = [zone(from), zone(to - 1)];
  return first === last ? first : `${first} and ${last}`;
}

function brush(recipe, data, palette, seen, width, isDense) {
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
function zoomedTo(event, { from, to }) {
  const said = event.batch?.[0] ?? event;
  if (said.startValue !== undefined && said.start === undefined) {
    return { from: said.startValue, to: said.endValue };
  }
  return { from: from + ((to - from) * said.start) / 100, to: from + ((to - from) * said.end) / 100 };
}

export function Plot({ recipe, data, context, initial, start, cross, onCross, onSeen, onZoom, onOpen, label, help, handle }) {
  const box = useRef(null);
  const chart = useRef(null);
  const live = useRef({});
  const [size, setSize] = useState(null);
  const [seen, setSeen] = useState(start ?? initial);

  useEffect(() => {
    Object.assign(live.current, { recipe, data, context, seen, onSeen, onZoom, size });
  });

  useEffect(() => {
    const made = echarts.init(box.current, null, { renderer: "canvas" });
    chart.current = made;
    const sizer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      if (width < 10) return;
      made.resize({ width, height });
      setSize({ width, height });
    });
    sizer.observe(box.current);
    let settling = null;
    made.on("datazoom", (event) => {
      const now = live.current;
      const to = zoomedTo(event, rangeOf(now.data));
      setSeen(to);
      now.onZoom(to);
      clearTimeout(settling);
      settling = setTimeout(() => live.current.onSeen(to), 200);
    });
    return () => {
      clearTimeout(settling);
      sizer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  // What is drawn: when data, colours or what is hidden change.
  useEffect(() => {
    if (!size || !chart.current) return;
    const framed = framing(recipe, data, context, live.current.seen, size.width);
    live.current.framed = framed;
    chart.current.setOption(
      {
        animation: false,
        textStyle: { fontFamily: context.font },
        grid: places(recipe, data, size.width, size.height),
        ...axes(recipe, data, context, framed, size.width),
        dataZoom: brush(recipe, data, context.palette, live.current.seen, size.width, framed.isDense),
        series: [overview(recipe, data, context.palette), ...recipe.series(data, context)],
      },
      { replaceMerge: ["series"] },
    );
  }, [recipe, data, context, size]);

  // Where one looks: axes follow at once.
  useEffect(() => {
    if (!size || !chart.current) return;
    const { recipe: of, data: held, context: with_ } = live.current;
    const framed = framing(of, held, with_, seen, size.width);
    if (isSame(framed, live.current.framed)) return;
    live.current.framed = framed;
    chart.current.setOption(axes(of, held, with_, framed, size.width), { lazyUpdate: true });
  }, [seen, size]);

  const zoomTo = ({ from, to }) =>
    chart.current?.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, startValue: from, endValue: to });

  useImperativeHandle(handle, () => ({
    seen: () => live.current.seen,
    reset: () => zoomTo(initial),
    to: zoomTo,
    zoom(factor) {
      const { seen: now, data: held } = live.current;
      const range = rangeOf(held);
      const centre = cross ?? (now.from + now.to) / 2;
      const from = Math.max(range.from, centre - (centre - now.from) * factor);
      const to = Math.min(range.to, centre + (now.to - centre) * factor);
      if (to - from >= recipe.least * 0.99) zoomTo({ from, to });
      else zoomTo({ from: Math.max(range.from, centre - recipe.least / 2), to: Math.min(range.to, centre + recipe.least / 2) });
    },
    image: () => chart.current.getDataURL({ pixelRatio: 2, backgroundColor: context.palette.surface }),
  }));

  const grids = size ? places(recipe, data, size.width, size.height) : [];
  const inner = size ? size.width - leftOf(size.width) - RIGHT : 0;
  const xOf = (at) => leftOf(size.width) + ((at - seen.from) / (seen.to - seen.from)) * inner;

  function timeAt(event) {
    const { left } = box.current.getBoundingClientRect();
    const part = (event.clientX - left - leftOf(size.width)) / inner;
    if (part < 0 || part > 1) return null;
    const at = seen.from + part * (seen.to - seen.from);
    return data.time[Math.max(0, lowerBound(data.time, at + 1) - 1)];
  }

  const opening = useRef(null);
  return (
    <div
      className="k-plot"
      role="application"
      aria-roledescription="chart"
      aria-label={`${label} ${inSight()}`}
      aria-describedby={help}
      tabIndex={0}
      onKeyDown={(event) => live.current.size && onKey(event)}
      onPointerMove={(event) => {
        if (event.buttons && moved(event)) live.current.dragged = true;
        if (size) onCross(timeAt(event));
      }}
      onPointerDown={(event) => event.pointerType === "touch" && size && onCross(timeAt(event))}
      onPointerLeave={(event) => event.pointerType !== "touch" && onCross(null)}
      onClick={(event) => {
        if (!onOpen || event.nativeEvent.pointerType === "touch" || live.current.dragged || moved(event)) return;
        const at = size && inPlot(event) ? timeAt(event) : null;
        clearTimeout(opening.current);
        if (at !== null) opening.current = setTimeout(() => onOpen(at), 260);
      }}
      onMouseDown={(event) => Object.assign(live.current, { down: [event.clientX, event.clientY], dragged: false })}
      onDoubleClick={() => {
        clearTimeout(opening.current);
        zoomTo(initial);
      }}
    >
      <div ref={box} className="k-plot-box" aria-hidden="true" />
      {size && cross !== null && cross >= seen.from - data.minutes * MINUTE && cross <= seen.to && (
        <div className="k-cross" aria-hidden="true" style={crossStyle()}>
          <span className="k-cross-label">{size.width > 520 ? `${date(cross)}, ` : ""}{data.minutes < 1 ? timeToSeconds(cross) : time(cross)}</span>
        </div>
      )}
    </div>
  );

  function inSight() {
    const [first, last] = [lowerBound(data.time, seen.from), lowerBound(data.time, seen.to)];
    return recipe.inSight(recipe.extents(data, first, last, context), data);
  }

  function moved(event) {
    const [x, y] = live.current.down ?? [event.clientX, event.clientY];
    return Math.hypot(event.clientX - x, event.clientY - y) > 4;
  }

  function inPlot(event) {
    const y = event.clientY - box.current.getBoundingClientRect().top;
    return y >= grids[0].top && y <= grids.at(-1).top + grids.at(-1).height;
  }

  function crossStyle() {
    const top = grids[0].top;
    const left = Math.max(leftOf(size.width), xOf(cross));
    const width = recipe.band
      ? Math.max(1, Math.min(xOf(cross + data.minutes * MINUTE), size.width - RIGHT) - left)
      : 1;
    return { left, width, top, height: grids.at(-1).top + grids.at(-1).height - top };
  }

  function onKey(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
    const { seen: now } = live.current;
    const [first, last] = [lowerBound(data.time, now.from), lowerBound(data.time, now.to) - 1];
    if (move !== undefined || event.key === "Home" || event.key === "End") {
      const here = cross === null ? last : lowerBound(data.time, cross);
      const to = event.key === "Home" ? first : event.key === "End" ? last : here + move * (event.shiftKey ? 12 : 1);
      const index = Math.min(data.time.length - 1, Math.max(0, cross === null && move ? here : to));
      const at = data.time[index];
      onCross(at, true);
      if (at < now.from || at > now.to) {
        const shift = at < now.from ? at - now.from : at - now.to + data.minutes * MINUTE;
        zoomTo({ from: now.from + shift, to: now.to + shift });
      }
    } else if (event.key === "+" || event.key === "=") handle.current.zoom(0.5);
    else if (event.key === "-") handle.current.zoom(2);
    else if (event.key === "0") zoomTo(initial);
    else if (event.key === "Escape") onCross(null, true);
    else if (event.key === "Enter" && onOpen && cross !== null) onOpen(cross);
    else return;
    event.preventDefault();
  }
}
