// The market as it is now, in figures: light pieces that need no chart library.
import { Link } from "react-router";
import { fuelLooks, usePalette } from "./colours.jsx";
import { useDocument } from "./feed.jsx";
import { Updated } from "./frame.jsx";
import { stackAddress, stateWord } from "./prices.jsx";
import { supplyOf, takenWords } from "./supply.jsx";
import { PERIOD, megawattHours, megawatts, pounds, spokenMoment, spokenPeriod } from "./words.jsx";

const NOW = "/api/v1/insights/generation-by-fuel/now";
const DAY_OF_GENERATION = "/api/v1/insights/generation-by-fuel?resolution=30m";
const PRICES = "/api/v1/insights/system-prices";
const NAMED = ["wind", "hydro", "nuclear"];

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);
const share = (part, whole) => (whole > 0 ? `${Math.round((100 * part) / whole)}%` : "No data");

function Figure({ label, value, unit, note }) {
  return (
    <div className="k-fig">
      <dt>{label}</dt>
      <dd>
        <span className="k-fig-value k-figures">{value}</span>
        {unit && <span className="k-fig-unit"> {unit}</span>}
        {note && <span className="k-fig-note">{note}</span>}
      </dd>
    </div>
  );
}

/** What runs at the latest moment: figures, and one bar of shares. */
export function NowStrip() {
  const found = useDocument(NOW, "generation_by_fuel");
  const palette = usePalette();
  const now = found.document;
  if (!now || now.time === null) return <p className="k-soft k-strip-wait">{waiting(found)}</p>;
  const { giving, supply, generated, imported, taken, exported } = supplyOf(now.fuels);
  const named = giving.filter((fuel) => NAMED.includes(fuel.family));
  const looks = fuelLooks(now.fuels, palette);
  return (
    <section className="k-strip" aria-label="Now">
      <p className="k-strip-moment">
        {spokenMoment(now.time)} <Updated at={found.updatedAt} />
      </p>
      <dl className="k-figs">
        <Figure label="Supply" value={megawatts(supply)} unit="MW" note="generation and imports" />
        <Figure
          label="Wind, hydro and nuclear"
          value={share(sum(named.map((fuel) => fuel.value)), supply)}
          note="of supply"
        />
        <Figure label="Generation" value={megawatts(generated)} unit="MW" note="without pumping" />
        <Figure label="Imports" value={megawatts(imported)} unit="MW" />
        <Figure label={takenWords(now.fuels, (fuel) => fuel.value)} value={megawatts(taken)} unit="MW" />
        <Figure label="Exports" value={megawatts(exported)} unit="MW" />
      </dl>
      <div className="k-shares" role="img" aria-label={sharesInWords(giving, supply)}>
        {giving.map((fuel) => (
          <div key={fuel.code} className="k-share" style={{ flexGrow: fuel.value }}>
            <div className="k-share-bar" style={looks[fuel.code].css} />
            <div className="k-share-label" data-wide={fuel.value / supply > 0.09}>
              {fuel.name} <strong>{share(fuel.value, supply)}</strong>
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

function sharesInWords(giving, supply) {
  const each = giving.map((fuel) => `${fuel.name} ${share(fuel.value, supply)}`);
  return `Shares of supply, which is generation and imports: ${each.join(", ")}.`;
}

const waiting = (found) =>
  found.status === "loading" ? "Loading …" : (found.problem ?? "No data: nothing has been taken in yet.");

/** The last row that has a price, and the one before. */
function latestPrice(document) {
  const prices = document?.system_price ?? [];
  let index = prices.length - 1;
  while (index >= 0 && prices[index] === null) index -= 1;
  if (index < 0) return null;
  const before = index > 0 ? prices[index - 1] : null;
  return {
    at: document.time[index],
    price: prices[index],
    volume: document.net_imbalance_volume[index],
    change: before === null ? null : prices[index] - before,
  };
}

/** The latest price as a headline figure. */
export function LatestPrice() {
  const found = useDocument(PRICES, "system_prices");
  const latest = latestPrice(found.document);
  if (!latest) return <p className="k-soft k-strip-wait">{waiting(found)}</p>;
  const is = stateWord(latest.volume);
  return (
    <section className="k-strip" aria-label="Latest price">
      <p className="k-strip-moment">
        {spokenPeriod(latest.at)} <Updated at={found.updatedAt} />
      </p>
      <dl className="k-figs">
        <Figure label="System price" value={pounds(latest.price)} unit="/MWh" note={changeWords(latest.change)} />
        <Figure
          label="The system was"
          value={is || "No data"}
          note={`${megawattHours(latest.volume)} MWh net imbalance`}
        />
        <div className="k-fig k-fig-do">
          <dt className="k-hidden">How it was made</dt>
          <dd>
            <Link className="k-button k-button-secondary" to={stackAddress(latest.at)}>
              See how this price was made
            </Link>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function changeWords(change) {
  if (change === null) return "";
  if (Math.abs(change) < 0.005) return "as in the period before";
  return `${pounds(Math.abs(change))} ${change > 0 ? "more" : "less"} than the period before`;
}

const BANDS = [
  ["Nuclear", ["nuclear"]],
  ["Gas", ["gas", "coal", "oil"]],
  ["Wind", ["wind", "solar"]],
  ["Other", ["biomass", "hydro", "pumped", "other"]],
  ["Imports", ["interconnector"]],
];
const [WIDE, HIGH] = [480, 200];

/** A day of the market in one small picture, for the top of the home page. */
export function HeroMarket() {
  const generated = useDocument(DAY_OF_GENERATION, "generation_by_fuel");
  const running = useDocument(NOW, "generation_by_fuel");
  const paid = useDocument(PRICES, "system_prices");
  const day = generated.document;
  const latest = latestPrice(paid.document);
  const bands = day?.time?.length > 1 ? bandsOf(day) : null;
  const now = running.document?.time ? running.document : null;
  if ([generated, running, paid].some((found) => found.status === "loading")) return null;
  if (!bands && !latest) return <div className="k-hero-none" />;
  return (
    <div className="k-hero-market">
      {bands && <HeroArea bands={bands} day={bands.day} />}
      <dl className="k-hero-figs">
        {now && <HeroFigure label="Supply" value={`${megawatts(supplyOf(now.fuels).supply)} MW`} />}
        {latest && <HeroFigure label="System price" value={`${pounds(latest.price)}/MWh`} />}
        {latest && (
          <HeroFigure
            label={`System ${stateWord(latest.volume).toLowerCase()}`}
            value={`${megawattHours(latest.volume)} MWh`}
          />
        )}
      </dl>
      <p className="k-hero-moment">{momentsOf(now, latest)}</p>
    </div>
  );
}

const HeroFigure = ({ label, value }) => (
  <div>
    <dt>{label}</dt>
    <dd className="k-figures">{value}</dd>
  </div>
);

/** The moment of the figures; of each, where supply and price are not of one half-hour. */
function momentsOf(now, latest) {
  if (!latest) return now ? spokenMoment(now.time) : "";
  const isOne = !now || Math.floor(now.time / PERIOD) * PERIOD === latest.at;
  return isOne ? spokenPeriod(latest.at) : `Supply ${spokenMoment(now.time)}; price ${spokenPeriod(latest.at)}`;
}

function bandsOf(whole) {
  const day = upToLastValue(whole);
  if (day.time.length < 2) return null;
  const of = (families) => day.fuels.filter((fuel) => families.includes(fuel.family));
  const bands = BANDS.map(([name, families]) => ({
    name,
    values: day.time.map((_, index) =>
      sum(of(families).map((fuel) => Math.max(0, day.series[fuel.code][index] ?? 0))),
    ),
  })).filter((band) => band.values.some((value) => value > 0));
  const total = day.time.map((_, index) => sum(bands.map((band) => band.values[index])));
  return { bands, total, highest: Math.max(...total), day };
}

/** A half-hour that is not over has no mean yet, and is not drawn as if nothing ran. */
function upToLastValue(day) {
  let end = day.time.length;
  while (end > 0 && day.fuels.every((fuel) => day.series[fuel.code][end - 1] === null)) end -= 1;
  return { ...day, time: day.time.slice(0, end) };
}

function HeroArea({ bands: { bands, total, highest }, day }) {
  const x = (index) => (index / (total.length - 1)) * WIDE;
  const y = (value) => HIGH - (value / (highest * 1.04)) * HIGH;
  let below = total.map(() => 0);
  const drawn = bands.map((band, number) => {
    const above = below.map((value, index) => value + band.values[index]);
    const there = above.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    const back = below.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).reverse();
    const thick = y(below[2]) - y(above[2]);
    const label = thick > 20 && { words: band.name, at: (y(below[2]) + y(above[2])) / 2 };
    below = above;
    return { name: band.name, path: `M${there.join("L")}L${back.join("L")}Z`, label, number };
  });
  return (
    <figure className="k-hero-picture">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={`Generation from ${spokenMoment(day.time[0])} to ${spokenMoment(day.time.at(-1))}, up to ${megawatts(highest)} MW`}>
        {drawn.map((band) => (
          <path key={band.name} d={band.path} className={`k-hero-band k-hero-band-${band.number}`} />
        ))}
        {drawn.map((band) => band.label && (
          <text key={band.name} x="10" y={band.label.at + 4} className="k-hero-label">
            {band.label.words}
          </text>
        ))}
      </svg>
      <figcaption>Supply by source over the last day</figcaption>
    </figure>
  );
}
