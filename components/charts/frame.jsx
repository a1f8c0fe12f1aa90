// What stands around every chart: its tools, its foot, and what is there before and without data.
import { useEffect, useState } from "react";
import { time } from "./words.jsx";

export function Frame({ title, series, empty, children }) {
  return (
    <figure className="k-chart" aria-label={title} data-status={series.status}>
      {series.status === "loading" && (
        <div className="k-chart-wait" role="status">
          Loading …
        </div>
      )}
      {series.status === "failed" && (
        <div className="k-chart-wait" role="alert">
          <strong>This could not be read.</strong>
          <span>{series.problem}</span>
          <button type="button" className="k-button k-button-secondary" onClick={series.retry}>
            Try again
          </button>
        </div>
      )}
      {series.status === "empty" && (
        <div className="k-chart-wait">
          <strong>No data</strong>
          <span>{empty}</span>
        </div>
      )}
      {children}
    </figure>
  );
}

export function Tools({ handle, csv, asTable, onTable, onPicture, permalink }) {
  return (
    <div className="k-chart-tools" role="group" aria-label="Tools of the chart">
      <button type="button" onClick={() => handle.current?.zoom(0.5)} aria-label="Zoom in">
        +
      </button>
      <button type="button" onClick={() => handle.current?.zoom(2)} aria-label="Zoom out">
        {"\u2212"}
      </button>
      <button type="button" onClick={() => handle.current?.reset()} title="Show the whole range again">
        Reset
      </button>
      <span className="k-chart-tools-gap" />
      <button type="button" aria-pressed={asTable} onClick={onTable}>
        Table
      </button>
      <a href={csv} download>
        CSV
      </a>
      <button type="button" onClick={onPicture}>
        PNG
      </button>
      <CopyLink to={permalink} />
    </div>
  );
}

/** Copies the address of what is shown (or what gives it then); of the page as it stands without. */
export function CopyLink({ to }) {
  const [said, setSaid] = useState("");
  const copy = () => {
    const address = typeof to === "function" ? to() : to;
    return navigator.clipboard
      .writeText(address ? new URL(address, window.location.origin).href : window.location.href)
      .then(() => setSaid("Copied"))
      .catch(() => setSaid("Copy the address of the page"))
      .finally(() => setTimeout(() => setSaid(""), 2500));
  };
  return (
    <button type="button" onClick={copy}>
      <span aria-live="polite">{said || "Link"}</span>
    </button>
  );
}

export function Foot({ note, source, latest, series }) {
  return (
    <figcaption className="k-chart-foot">
      <span>{note}</span>
      {latest && <span>Latest value: {latest}.</span>}
      {source && <span>{source}</span>}
      <Updated at={series.updatedAt} stale={series.stale} />
    </figcaption>
  );
}

/** New data came while one was looking. */
export function Updated({ at, stale }) {
  return (
    <span role="status" className="k-updated">
      {stale ? (
        <span className="k-tag k-tag-warn">Not up to date: {stale}</span>
      ) : (
        at && (
          <span key={at} className="k-tag k-tag-good k-fresh">
            Updated {time(at)}
          </span>
        )
      )}
    </span>
  );
}

const crosses = new Set();
const told = { at: null, frame: null };

/** Once a frame at most, as a mouse says where it is more often than a screen shows; a key at once. */
function tellAll(at, atOnce) {
  told.at = at;
  if (atOnce) {
    for (const set of crosses) set(at);
    return;
  }
  told.frame ??= requestAnimationFrame(() => {
    told.frame = null;
    for (const set of crosses) set(told.at);
  });
}

/** One crosshair for all charts of a page. */
export function useLinkedCross() {
  const [cross, setCross] = useState(null);
  useEffect(() => {
    crosses.add(setCross);
    return () => crosses.delete(setCross);
  }, []);
  return [cross, tellAll];
}
