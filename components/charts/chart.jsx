// A chart of time with all that belongs to it: readout, tools, table twin, and its states.
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { rangeOf } from "./axes.jsx";
import { charges } from "./charges.jsx";
import { usePalette } from "./colours.jsx";
import { savePicture } from "./export.jsx";
import { Foot, Frame, Tools, useLinkedCross } from "./frame.jsx";
import { generation } from "./generation.jsx";
import { imbalance } from "./imbalance.jsx";
import { lines } from "./lines.jsx";
import { addressOf, useLinkedZoom, zoomOfAddress } from "./linked.jsx";
import { Plot } from "./plot.jsx";
import { prices } from "./prices.jsx";
import { query } from "./query.jsx";
import { Readout, TableTwin } from "./readout.jsx";
import { csvAddress, lowerBound, useSeries } from "./series.jsx";
import { unit } from "./unit.jsx";
import { HOUR, spokenMoment, spokenPeriod } from "./words.jsx";

const RECIPES = { generation, prices, charges, imbalance, unit, lines, query };

/** Draws nothing: on a page that may draw a chart later, the library comes while one waits. */
export const ChartsAhead = () => null;

/** The part of the range that is shown at first: all of it, or its last hours. */
function firstLook(data, hours) {
  const range = rangeOf(data);
  return hours ? { from: Math.max(range.from, range.to - hours * HOUR), to: range.to } : range;
}

export function KChart({ recipe: named, src, dataset, title, finest, hours, source, fileName }) {
  const recipe = RECIPES[named];
  const series = useSeries(recipe, { src, dataset, finest, hours });
  if (!src) return null; // the page does not know yet of what; the library is on its way meanwhile
  return (
    <Frame title={title} series={series} empty={recipe.empty}>
      {series.status === "ready" && (
        <Drawn
          key={`${src} ${hours}`}
          {...{ recipe, series, src, title, finest, hours, source, fileName }}
        />
      )}
    </Frame>
  );
}

function Drawn({ recipe, series, src, title, finest, hours, source, fileName }) {
  const { data, look } = series;
  const palette = usePalette();
  const navigate = useNavigate();
  const help = useId();
  const handle = useRef(null);
  const [hidden, setHidden] = useState(() => new Set());
  const [asTable, setAsTable] = useState(false);
  const [spoken, setSpoken] = useState("");
  const initial = useMemo(() => firstLook(data, hours), [rangeOf(data).to, rangeOf(data).from, hours]);
  const [start] = useState(() => zoomOfAddress(rangeOf(data), recipe.least));
  const [seen, setSeen] = useState(start ?? initial);
  const [cross, setCross] = useLinkedCross();
  const looks = useMemo(() => recipe.looks(data, palette), [recipe, data, palette]);
  const font = getComputedStyle(document.body).fontFamily;
  const context = useMemo(() => ({ palette, hidden, looks, font }), [palette, hidden, looks, font]);

  const onSeen = useCallback(
    (to) => {
      setSeen(to);
      look(to);
    },
    [look],
  );
  useEffect(() => {
    if (start) look(start);
  }, [start, look]);
  useFollow(initial, handle);
  const onZoom = useLinkedZoom({ handle, range: rangeOf(data), initial, least: recipe.least });

  const shown = cross === null ? latestIndex(recipe, data) : indexAt(data, cross);
  const said = recipe.readout(data, shown, context);
  const momentOf = recipe.band || data.minutes === 30 ? spokenPeriod : spokenMoment;
  const moment = momentOf(data.time[shown]);

  function onCross(at, byKey) {
    setCross(at, byKey);
    if (byKey && at !== null) setSpoken(inWords(recipe, data, indexAt(data, at), context, momentOf));
  }

  const opened = recipe.open && recipe.hasValue(data, shown) && recipe.open(data, shown);
  const open = opened && { href: opened, text: recipe.openWords(data, shown) };
  const opens = (index) => recipe.hasValue(data, index) && Boolean(recipe.open(data, index));
  const csv = csvAddress(src, recipe.whole ? null : seen);
  return (
    <>
      <div className={recipe.band ? "k-chart-body k-chart-body-wide" : "k-chart-body"}>
        <Plot
          {...{ recipe, data, context, initial, start, cross, onCross, onSeen, onZoom, help, handle }}
          label={`${title}. ${moment}.`}
          onOpen={recipe.open && ((at) => opens(indexAt(data, at)) && navigate(recipe.open(data, indexAt(data, at))))}
        />
        <Readout
          {...{ title, said, hidden, open }}
          moment={cross === null ? `${data.isWhole === false ? "Last drawn" : "Latest"}: ${moment}` : moment}
          onToggle={(id) => setHidden((was) => toggled(was, id))}
        />
      </div>
      <p id={help} className="k-hidden">
        Left and right arrows move the crosshair, with Shift by twelve. Plus and minus zoom, 0 shows the whole range
        again, Escape leaves the crosshair{recipe.open ? ", Enter opens the period" : ""}.
      </p>
      <p className="k-hidden" role="status" aria-live="polite">
        {spoken}
      </p>
      <Tools
        handle={handle}
        csv={csv}
        asTable={asTable}
        onTable={() => setAsTable((was) => !was)}
        onPicture={() => picture()}
        permalink={() => addressOf(seen, initial)}
      />
      {asTable && <TableTwin {...{ recipe, data, seen, title, csv }} />}
      <Foot note={recipe.note(data, finest)} source={source} latest={data.isWhole === false ? "" : momentOf(data.time[latestIndex(recipe, data)])} series={series} />
    </>
  );

  function picture() {
    const range = `${momentOf(seen.from)} to ${momentOf(seen.to)}`;
    const legend = said.rows
      .filter((row) => !hidden.has(row.id))
      .map((row) => ({ name: row.name, colour: looks[row.id]?.colour ?? row.css.background }));
    return savePicture({
      address: handle.current.image(),
      title,
      lines: [range],
      legend,
      source,
      palette,
      name: fileName,
      font,
    });
  }
}

/** A chart that shows the latest moves along when the latest moves, if one is looking at it. */
function useFollow(initial, handle) {
  const before = useRef(initial);
  useEffect(() => {
    const was = before.current;
    before.current = initial;
    const now = handle.current?.seen();
    if (now && was !== initial && Math.abs(now.to - was.to) < 1 && Math.abs(now.from - was.from) < 1) {
      handle.current.to(initial);
    }
  }, [initial, handle]);
}

function toggled(set, id) {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

const indexAt = (data, at) => Math.max(0, lowerBound(data.time, at + 1) - 1);

function latestIndex(recipe, data) {
  let index = data.time.length - 1;
  while (index > 0 && !recipe.hasValue(data, index)) index -= 1;
  return index;
}

function inWords(recipe, data, index, context, momentOf) {
  const said = recipe.readout(data, index, context);
  const rows = [...said.rows, ...said.totals].map((row) => `${row.name} ${row.text}`);
  return `${momentOf(data.time[index])}. ${rows.join(", ")}.`;
}
