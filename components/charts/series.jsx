// Series of a range, with a closer look at the part of it that is in sight.
import { useCallback, useEffect, useRef, useState } from "react";
import { fetchJson, useNews } from "./feed.jsx";

/** The first place in a sorted list whose value is not below. */
export function lowerBound(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The whole range, with what was asked again of a part of it in that part's place. */
export function merged(base, detail) {
  if (!detail || detail.time.length === 0) return base;
  const before = lowerBound(base.time, detail.from);
  const after = lowerBound(base.time, detail.to);
  const spliced = (whole, part) => [...whole.slice(0, before), ...part, ...whole.slice(after)];
  const ids = new Set([...Object.keys(base.columns), ...Object.keys(detail.columns)]);
  const none = (of) => new Array(of.time.length).fill(null);
  const columns = {};
  for (const id of ids) {
    columns[id] = spliced(base.columns[id] ?? none(base), detail.columns[id] ?? none(detail));
  }
  return { ...base, time: spliced(base.time, detail.time), columns, detail };
}

function withRange(src, values) {
  const url = new URL(src, window.location.origin);
  for (const [name, value] of Object.entries(values)) {
    url.searchParams.set(name, typeof value === "number" && name !== "points" ? iso(value) : value);
  }
  return url.pathname + url.search;
}

const iso = (at) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** The address of the same data as CSV, of a part of the range if one is given. */
export const csvAddress = (src, seen) =>
  withRange(src, { ...(seen ? { from: seen.from, to: seen.to } : {}), format: "csv" });

const MINUTE = 60_000;

/** What two documents hold, the later after the earlier. */
function joined(held, more) {
  const columns = Object.fromEntries(
    Object.entries(held.columns).map(([id, values]) => [
      id,
      [...values, ...(more.columns[id] ?? new Array(more.time.length).fill(null))],
    ]),
  );
  return { ...held, time: [...held.time, ...more.time], columns };
}

function cutBefore(held, from) {
  const first = lowerBound(held.time, from);
  if (first === 0 || first === held.time.length) return held;
  const columns = Object.fromEntries(
    Object.entries(held.columns).map(([id, values]) => [id, values.slice(first)]),
  );
  return { ...held, time: held.time.slice(first), columns };
}

/** A thinned range ends with its last bucket's extremes; with what came after them, it ends where it ends. */
async function withEnd(recipe, src, held) {
  if (!held.thinned || held.time.length === 0) return held;
  try {
    const document = await fetchJson(withRange(src, { from: held.time.at(-1) }));
    const end = cutBefore(recipe.read(document), held.time.at(-1) + 1);
    if (document.thinned) return held;
    const isNone = end.time.at(-1) === held.time.at(-1);
    return { ...(isNone ? held : joined(held, end)), isWhole: true };
  } catch {
    return held; // the extremes alone, and the words say that they are
  }
}

/**
 * {status, data, problem, updatedAt, retry, look}. `look` asks the server for what is in sight
 * where it has more to show there than we hold. Of a range that shows its last `hours`, nothing
 * earlier is held than was in sight at first.
 */
export function useSeries(recipe, { src, dataset, finest, hours }) {
  const [state, setState] = useState({ status: "loading" });
  const held = useRef({ base: null, detail: null, seen: null, src: null, abort: null });

  const look = useCallback(
    async (seen) => {
      const mine = held.current;
      mine.seen = seen;
      if (!mine.base || !recipe.hasMore(mine.base, seen, finest)) return;
      const covered = mine.detail && mine.detail.from <= seen.from && mine.detail.to >= seen.to;
      if (covered && !recipe.hasMore(mine.detail, seen, finest)) return;
      mine.abort?.abort();
      mine.abort = new AbortController();
      const margin = (seen.to - seen.from) / 2;
      const range = { from: seen.from - margin, to: seen.to + margin };
      try {
        const asked = recipe.ask(range, finest);
        const document = await fetchJson(withRange(src, { ...range, ...asked }), mine.abort.signal);
        mine.detail = { ...recipe.read(document), ...range };
        setState((was) => ({ ...was, data: merged(mine.base, mine.detail) }));
      } catch (fault) {
        if (fault.name !== "AbortError") mine.detail = null; // the coarser picture stays
      }
    },
    [recipe, src, finest],
  );

  const load = useCallback(async () => {
    const mine = held.current;
    const isNew = mine.src !== src;
    if (isNew) {
      Object.assign(mine, { src, base: null, detail: null, seen: null, start: null });
      setState({ status: "loading" });
    }
    try {
      const document = await fetchJson(src);
      if (mine.src !== src) return;
      const read = await withEnd(recipe, src, recipe.read(document));
      if (mine.src !== src) return;
      if (hours && read.time.length) {
        mine.start ??= read.time.at(-1) + (read.minutes - hours * 60) * MINUTE;
      }
      mine.base = mine.start === null ? read : cutBefore(read, mine.start);
      mine.detail = null;
      const status = mine.base.time.length ? "ready" : "empty";
      setState({ status, data: mine.base, src, updatedAt: isNew ? null : Date.now() });
      if (mine.seen && !isNew) await look(mine.seen);
    } catch (fault) {
      if (mine.src !== src) return;
      const problem = fault.message;
      setState((was) => (was.data && !isNew ? { ...was, stale: problem } : { status: "failed", problem }));
    }
  }, [recipe, src, hours, look]);

  useEffect(() => {
    if (src) load();
  }, [src, load]);
  useNews(dataset, load);
  return { ...state, retry: load, look };
}
