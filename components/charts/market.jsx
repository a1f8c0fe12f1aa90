// The market at a glance: figures with their last hours, the mix, the cables, and what is out.
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { fuelLooks, usePalette } from "./colours.jsx";
import { useDocument, useNews } from "./feed.jsx";
import { Updated } from "./frame.jsx";
import { Cables, Mix, Outages } from "./market_parts.jsx";
import { MarketTable } from "./market_table.jsx";
import { stackAddress, stateWord } from "./prices.jsx";
import { SparkBars, SparkLine } from "./sparks.jsx";
import { MINUTE, date, megawattHours, megawatts, periodOf, pounds, spokenMoment, spokenPeriod, time, zone } from "./words.jsx";

const SOURCE = "/api/v1/insights/market-now";
const LATE = 90 * MINUTE;

const hertz = (value) => value.toFixed(3);

/** The whole overview: the newest moment, kept up to date; or the moment that the address names. */
export function MarketNow() {
  const [query] = useSearchParams();
  const at = query.get("at");
  const src = at ? `${SOURCE}?at=${encodeURIComponent(at)}` : SOURCE;
  const found = useDocument(src, null);
  useNews(at ? null : found.document?.datasets.join(","), found.retry);
  const now = found.document;
  if (!now?.time) return <Nothing found={found} at={at} />;
  return <Drawn key={src} {...{ now, at, src }} updatedAt={found.updatedAt} />;
}

function Nothing({ found, at }) {
  if (found.status === "loading") return <p className="k-soft k-market-wait">Loading …</p>;
  return (
    <div className="k-empty" role={found.problem ? "alert" : undefined}>
      <p>
        <strong>{found.problem ?? "No data: nothing has been taken in yet."}</strong>
      </p>
      {at && (
        <p>
          <Link to="/insights">Show the newest moment</Link>
        </p>
      )}
      {found.problem && (
        <button type="button" className="k-button k-button-secondary" onClick={found.retry}>
          Try again
        </button>
      )}
    </div>
  );
}

function Drawn({ now, at, src, updatedAt }) {
  const palette = usePalette();
  const [asTable, setAsTable] = useState(false);
  const fuels = now.generation?.fuels ?? [];
  const looks = fuelLooks(fuels, palette);
  return (
    <section className="k-market" aria-label="The market now">
      <div className="k-market-head">
        <p className="k-strip-moment">
          {at ? "As it was: " : ""}
          {spokenMoment(now.time)} <Age now={now} at={at} /> <Updated at={updatedAt} />
        </p>
        <Tools {...{ now, at, src, asTable }} onTable={() => setAsTable((was) => !was)} />
      </div>
      <Tiles readings={now.readings} />
      {asTable && <MarketTable now={now} />}
      {now.generation && (
        <div className="k-market-halves">
          <Mix fuels={fuels} looks={looks} />
          <Cables fuels={fuels} looks={looks} />
        </div>
      )}
      <Outages {...now.outages} at={now.time} />
    </section>
  );
}

/** Whoever looks must know that these are not of this minute. */
function Age({ now, at }) {
  const late = Date.now() - now.time;
  if (at || late < LATE) return null;
  const hours = Math.round(late / (60 * MINUTE));
  const words = hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
  return <span className="k-tag k-tag-warn">The newest data are {words} old</span>;
}

function Tools({ now, at, src, asTable, onTable }) {
  const moment = new Date(now.time).toISOString().replace(/\.\d+Z$/, "Z");
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard
      .writeText(`${window.location.origin}/insights?at=${moment}`)
      .then(() => setSaid("Copied"))
      .catch(() => setSaid("Copy the address of the page"))
      .finally(() => setTimeout(() => setSaid(""), 2500));
  return (
    <div className="k-chart-tools k-market-tools" role="group" aria-label="Tools of the overview">
      {at && <Link to="/insights">Newest</Link>}
      <button type="button" aria-pressed={asTable} onClick={onTable}>
        Table
      </button>
      <a href={`${src}${at ? "&" : "?"}format=csv`} download>
        CSV
      </a>
      <a href={src}>JSON</a>
      <button type="button" onClick={copy} title="Copy a link to this very moment">
        <span aria-live="polite">{said || "Link to this moment"}</span>
      </button>
    </div>
  );
}

function Tile({ name, value, unit, note, to, when, wide, children }) {
  return (
    <article className={wide ? "k-now-tile k-now-tile-wide" : "k-now-tile"}>
      <h2>
        <Link to={to}>{name}</Link>
      </h2>
      <p className="k-now-tile-value k-figures">
        {value} <span className="k-fig-unit">{unit}</span>
      </p>
      <p className="k-now-tile-note k-figures">{note}</p>
      {children}
      <p className="k-now-tile-when k-figures">{when}</p>
    </article>
  );
}

const spanWords = (one, show) =>
  `${one.ahead ? "Next" : "Last"} ${one.hours === 1 ? "hour" : `${one.hours} hours`}: ${show(one.least)} to ${show(one.greatest)}`;
const seriesPage = (view) => `/insights/series?view=${view}&range=day`;

function Tiles({ readings }) {
  const { system_price: price, imbalance, demand, frequency, margin } = readings;
  return (
    <div className="k-now-tiles">
      {price && (
        <Tile wide name="System price" value={pounds(price.value)} unit="/MWh" note={changed(price, pounds)} to={stackAddress(price.time)} when={`${periodOf(price.time)} · ${spanWords(price, pounds)}`}>
          <SparkLine stepped trail={price.trail} at={price.time} words={spanWords(price, pounds)} />
        </Tile>
      )}
      {imbalance && (
        <Tile name="Net imbalance" value={megawattHours(imbalance.value)} unit="MWh" note={`The system was ${stateWord(imbalance.value).toLowerCase()}`} to="/insights/system-price?range=day" when={periodOf(imbalance.time)}>
          <SparkBars trail={imbalance.trail} words={spanWords(imbalance, (value) => `${megawattHours(value)} MWh`)} />
        </Tile>
      )}
      {demand && (
        <Tile name="National demand" value={megawatts(demand.value)} unit="MW" note={changed(demand, (value) => `${megawatts(value)} MW`)} to={seriesPage("demand")} when={periodOf(demand.time)}>
          <SparkLine trail={demand.trail} at={demand.time} words={spanWords(demand, (value) => `${megawatts(value)} MW`)} />
        </Tile>
      )}
      {frequency && (
        <Tile name="Frequency" value={hertz(frequency.value)} unit="Hz" note={frequencyWords(frequency)} to={seriesPage("frequency")} when={`${time(frequency.time)} ${zone(frequency.time)}, last hour`}>
          <SparkLine trail={frequency.trail} usual={frequency.usual} at={frequency.time} words={spanWords(frequency, (value) => `${hertz(value)} Hz`)} />
        </Tile>
      )}
      {margin && (
        <Tile name={margin.words} value={megawatts(margin.value)} unit="MW" note={`Expected ${date(margin.time)}`} to={seriesPage("margins")} when={periodOf(margin.time)}>
          <SparkLine trail={margin.trail} at={margin.time} words={spanWords(margin, (value) => `${megawatts(value)} MW`)} />
        </Tile>
      )}
    </div>
  );
}

function changed(one, show) {
  if (one.before === null) return "\u00a0";
  const change = one.value - one.before;
  if (Math.abs(change) < 0.005) return "As before";
  return `${show(Math.abs(change))} ${change > 0 ? "more" : "less"} than before`;
}

function frequencyWords({ value, usual }) {
  if (!usual) return "\u00a0";
  const isUsual = value >= usual.least && value <= usual.greatest;
  return `${isUsual ? "Within" : "Outside"} the usual ${usual.least} to ${usual.greatest}`;
}
