// The drawn part of a chart of time: zoom, pan and the crosshair, over its axes and its strip.
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import { RIGHT, axes, framing, leftOf, places, rangeOf } from "./axes.jsx";
import { echarts } from "./engine.jsx";
import { lowerBound } from "./series.jsx";
import { brush, overview, zoomedTo } from "./strip.jsx";
import { MINUTE, date, time, timeToSeconds } from "./words.jsx";

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

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
