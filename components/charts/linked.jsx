// One stretch of time for all charts of a page, and the address that leads back to it.
import { useCallback, useEffect, useRef } from "react";
import { MINUTE } from "./words.jsx";

const charts = new Set();
const NAME = "zoom";

const isSame = (one, other) =>
  Boolean(one && other) && Math.abs(one.from - other.from) < 1 && Math.abs(one.to - other.to) < 1;

/** What of a stretch a range has; none where it has too little of it to show. */
function within(range, { from, to }, least) {
  const cut = { from: Math.max(range.from, from), to: Math.min(range.to, to) };
  return cut.to - cut.from >= least * 0.99 ? cut : null;
}

/**
 * Tells the other charts where one looks now, as it happens. A chart that knows nothing of that time
 * stays where it is; where one shows its whole range again, so do all.
 */
export function useLinkedZoom({ handle, range, initial, least }) {
  const own = useRef({ awaited: null });
  useEffect(() => {
    Object.assign(own.current, { handle, range, initial, least });
  });
  useEffect(() => {
    const mine = own.current;
    charts.add(mine);
    return () => charts.delete(mine);
  }, []);
  return useCallback((to) => tellOthers(own.current, to), []);
}

function tellOthers(mine, to) {
  if (isSame(mine.awaited, to)) return; // it was told so itself
  mine.awaited = null;
  for (const other of charts) {
    if (other === mine) continue;
    const target = isSame(to, mine.initial) ? other.initial : within(other.range, to, other.least);
    if (!target || isSame(target, other.awaited)) continue;
    other.awaited = target;
    other.handle.current?.to(target);
  }
}

/** Where the address says that one looked; none where it does not, or the range does not reach there. */
export function zoomOfAddress(range, least) {
  const said = new URLSearchParams(window.location.search).get(NAME) ?? "";
  const [from, to] = said.split("~").map((one) => Date.parse(one));
  return from < to ? within(range, { from, to }, least) : null;
}

const iso = (at) => new Date(Math.round(at / MINUTE) * MINUTE).toISOString().replace(":00.000Z", "Z");

/** The address of the page with where one looks, as its Link copies it. */
export function addressOf(seen, initial) {
  const url = new URL(window.location.href);
  url.searchParams.delete(NAME);
  if (!isSame(seen, initial)) url.searchParams.set(NAME, `${iso(seen.from)}~${iso(seen.to)}`);
  return url.pathname + url.search.replaceAll("%3A", ":").replaceAll("%7E", "~");
}
