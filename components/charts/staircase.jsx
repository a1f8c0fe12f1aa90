// The drawing of the stairs.
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import { echarts } from "./engine.jsx";
import { height, standing } from "./stairs.jsx";
import { niceExtent, pounds, tickLabel } from "./words.jsx";

const [TOP, BOTTOM, RIGHT] = [40, 52, 14];
const leftOf = (width) => (width < 520 ? 50 : 66);
const CLASSIFIED = 3;
const PRICED = 6;
const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function colourOf(action, step, palette) {
  if (step >= PRICED && action.priced > 0) return palette.chart.marginal;
  if (step >= CLASSIFIED && action.second_stage_flag) return palette.chart.flagged;
  return sideColour(action, palette);
}

const sideColour = (action, palette) => (action.sign > 0 ? palette.chart.buy : palette.chart.sell);

function bars(drawn, step, palette, chosen) {
  const block = (api, from, to, value) => {
    const [[x0, y0], [x1, y1]] = [api.coord([from, 0]), api.coord([to, value])];
    return { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
  };
  return {
    id: "actions",
    type: "custom",
    clip: true,
    silent: true,
    encode: { x: [0, 1], y: 2 },
    data: drawn.actions.map((action) => [
      action.sign * action.inner,
      action.sign * (action.inner + action.size),
      height(action, step, drawn),
    ]),
    renderItem(params, api) {
      const index = params.dataIndex;
      const action = drawn.actions[index];
      const value = height(action, step, drawn);
      const [from, to] = standing(action, step).map((at) => at * action.sign);
      const imbalance = standing(action, PRICED - 1).map((at) => at * action.sign);
      const whole = block(api, action.sign * action.inner, action.sign * (action.inner + action.size), value);
      const left = block(api, from, to, value);
      const line = { stroke: palette.surface, lineWidth: whole.width > 3 ? 0.75 : 0 };
      const isUnpriced = action.stack_price_gbp_per_mwh === null;
      const change = { transition: ["shape"] };
      return {
        type: "group",
        children: [
          { type: "rect", shape: whole, style: { fill: palette.chart.tagged, opacity: 0.6, ...line }, ...change },
          {
            type: "rect",
            shape: step >= PRICED ? block(api, ...imbalance, value) : left,
            style: { fill: sideColour(action, palette), opacity: step >= PRICED ? 0.5 : 0, ...line },
          },
          {
            type: "rect",
            shape: left,
            style: { fill: colourOf(action, step, palette), opacity: isUnpriced && step < 5 ? 0.45 : 0.92, ...line },
            ...change,
          },
          {
            type: "rect",
            shape: whole,
            invisible: index !== chosen,
            style: { fill: "none", stroke: palette.ink, lineWidth: 2 },
          },
        ],
      };
    },
  };
}

function label(words, palette, colour) {
  return {
    show: true,
    formatter: words,
    color: palette.surface,
    backgroundColor: colour,
    padding: [3, 7],
    borderRadius: 4,
    fontSize: 12,
    fontWeight: 600,
  };
}

function marks(drawn, step, palette) {
  const data = [
    { xAxis: 0, lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" }, label: { show: false } },
    { yAxis: 0, lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" }, label: { show: false } },
  ];
  const colour = palette.chart.marginal;
  if (step >= PRICED && drawn.marginal !== null) {
    data.push({
      xAxis: drawn.marginal,
      lineStyle: { color: colour, width: 1.5, type: "solid" },
      label: { ...label("The marginal MWh", palette, colour), position: "end" },
    });
  }
  if (step > PRICED && drawn.paid !== null) {
    data.push({
      yAxis: drawn.paid,
      lineStyle: { color: colour, width: 1.5, type: "dashed" },
      label: { ...label(`${pounds(drawn.paid)}/MWh`, palette, colour), position: "insideStartTop" },
    });
  }
  return {
    id: "marks",
    type: "line",
    silent: true,
    animation: false,
    data: [],
    markLine: { silent: true, symbol: "none", animation: false, data },
  };
}

const megawattTick = (value) => Math.abs(value).toLocaleString("en-GB", { maximumFractionDigits: 2 });

function optionOf(drawn, step, palette, chosen, size, font) {
  const soft = { color: palette["ink-soft"], fontSize: 12, fontFamily: font };
  const across = niceExtent(drawn.from, drawn.to);
  const [before, after] = size.width < 520 ? ["sold", "bought"] : ["\u2190 sold by the system", "bought by the system \u2192"];
  return {
    animation: !isStill(),
    animationDuration: 0,
    animationDurationUpdate: 140,
    textStyle: { fontFamily: font },
    grid: { left: leftOf(size.width), right: RIGHT, top: TOP, bottom: BOTTOM, outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      min: across.min,
      max: across.max,
      splitNumber: size.width < 520 ? 4 : 8,
      name: `${before}   ·   Volume (MWh)   ·   ${after}`,
      nameLocation: "middle",
      nameGap: 30,
      nameTextStyle: soft,
      axisLine: { show: false, onZero: false },
      axisTick: { show: true, lineStyle: { color: palette["line-strong"] } },
      axisLabel: { ...soft, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (value) => megawattTick(value) },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      min: drawn.low,
      max: drawn.high,
      interval: drawn.step,
      name: "Price (£/MWh)",
      nameLocation: "end",
      nameTextStyle: { ...soft, align: "left", padding: [0, 0, 0, 8 - leftOf(size.width)] },
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: { ...soft, formatter: (value) => tickLabel(value, drawn.step, "£") },
      splitLine: { lineStyle: { color: palette.line } },
    },
    dataZoom: [{ type: "inside", filterMode: "none", minValueSpan: 2, throttle: 30, preventDefaultMouseMove: false }],
    series: [bars(drawn, step, palette, chosen), marks(drawn, step, palette)],
  };
}

export function Staircase({ drawn, step, palette, chosen, choose, handle, help, label: words }) {
  const box = useRef(null);
  const chart = useRef(null);
  const [size, setSize] = useState(null);

  useEffect(() => {
    const made = echarts.init(box.current, null, { renderer: "canvas" });
    chart.current = made;
    const sizer = new ResizeObserver(([entry]) => {
      const { width, height: tall } = entry.contentRect;
      if (width < 10) return;
      made.resize({ width, height: tall });
      setSize({ width, height: tall });
    });
    sizer.observe(box.current);
    return () => {
      sizer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (!size || !chart.current) return;
    const font = getComputedStyle(box.current).fontFamily;
    chart.current.setOption(optionOf(drawn, step, palette, chosen, size, font));
  }, [drawn, step, palette, chosen, size]);

  const zoomTo = (start, end) => chart.current?.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, start, end });
  useImperativeHandle(handle, () => ({
    reset: () => zoomTo(0, 100),
    zoom(factor) {
      const { start, end } = chart.current.getOption().dataZoom[0];
      const span = drawn.to - drawn.from;
      const at = chosen === null ? (start + end) / 2 : (100 * (middleOf(chosen) - drawn.from)) / span;
      const half = Math.min(50, Math.max(0.2, ((end - start) * factor) / 2));
      const from = Math.max(0, Math.min(100 - 2 * half, at - half));
      zoomTo(from, from + 2 * half);
    },
    image: () => chart.current.getDataURL({ pixelRatio: 2, backgroundColor: palette.surface }),
  }));

  const middleOf = (index) => {
    const { sign, inner, size: wide } = drawn.actions[index];
    return sign * (inner + wide / 2);
  };

  function indexAt(event) {
    const { left, top } = box.current.getBoundingClientRect();
    const [at] = chart.current.convertFromPixel({ gridIndex: 0 }, [event.clientX - left, event.clientY - top]);
    const index = drawn.actions.findIndex(
      ({ sign, inner, size: wide }) => sign * at >= inner && sign * at < inner + wide,
    );
    return index < 0 ? null : index;
  }

  function onKey(event) {
    const last = drawn.actions.length - 1;
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    const start = Math.max(0, drawn.actions.findIndex((action) => action.sign > 0));
    if (move) choose(Math.min(last, Math.max(0, chosen === null ? start : chosen + move)), true);
    else if (event.key === "Home") choose(0, true);
    else if (event.key === "End") choose(last, true);
    else if (event.key === "Escape") choose(null, true);
    else if (event.key === "+" || event.key === "=") handle.current.zoom(0.5);
    else if (event.key === "-") handle.current.zoom(2);
    else if (event.key === "0") zoomTo(0, 100);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className="k-plot k-plot-stack"
      role="application"
      aria-roledescription="chart"
      aria-label={words}
      aria-describedby={help}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerMove={(event) => size && choose(indexAt(event))}
      onPointerDown={(event) => size && event.pointerType === "touch" && choose(indexAt(event))}
      onPointerLeave={(event) => event.pointerType !== "touch" && choose(null)}
      onDoubleClick={() => zoomTo(0, 100)}
    >
      <div ref={box} className="k-plot-box" aria-hidden="true" />
    </div>
  );
}
