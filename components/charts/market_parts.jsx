// Parts of the overview: what runs, what flows over each cable, and the largest outages.
import { Link } from "react-router";
import { supplyOf } from "./supply.jsx";
import { date, megawatts, time } from "./words.jsx";

const percent = (part, whole) => (whole > 0 ? `${((100 * part) / whole).toFixed(part / whole < 0.1 ? 1 : 0)}%` : "");
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Supply by fuel, the greatest first; imports are one of the sources. */
export function Mix({ fuels, looks }) {
  const { giving, supply, imported, taken, exported } = supplyOf(fuels);
  const own = giving.filter((fuel) => !fuel.interconnector);
  const rows = own.map((fuel) => ({ ...fuel, css: looks[fuel.code].css }));
  if (imported > 0) {
    const first = giving.find((fuel) => fuel.interconnector);
    rows.push({ code: "imports", name: "Imports", value: imported, css: looks[first.code].css });
  }
  const most = Math.max(...rows.map((row) => row.value), 1);
  return (
    <section className="k-now-panel">
      <PanelHead name="What runs" to="/insights/generation" link="Generation by fuel">
        <strong className="k-figures">{megawatts(supply)} MW</strong> of supply
      </PanelHead>
      <div className="k-mix-bar" aria-hidden="true">
        {rows.map((row) => (
          <span key={row.code} style={{ ...row.css, flexGrow: row.value }} />
        ))}
      </div>
      <table className="k-flow-table">
        <caption className="k-hidden">Supply by fuel now</caption>
        <thead className="k-hidden">
          <tr>
            <th scope="col">Fuel</th>
            <th scope="col">Share as a bar</th>
            <th scope="col">Power (MW)</th>
            <th scope="col">Share of supply</th>
          </tr>
        </thead>
        <tbody>
          {rows.sort((one, other) => other.value - one.value).map((row) => (
            <tr key={row.code}>
              <th scope="row">{row.name}</th>
              <td className="k-flow-cell">
                <span className="k-flow-bar" style={{ ...row.css, width: `${(100 * row.value) / most}%` }} />
              </td>
              <td className="k-figure">{megawatts(row.value)}</td>
              <td className="k-figure k-soft">{percent(row.value, supply)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="k-small k-soft k-figures k-now-panel-foot">
        Given away again: pumping and charging {megawatts(taken)} MW, exports {megawatts(exported)} MW.
      </p>
    </section>
  );
}

/** Each cable either side of a line: import to the right, export to the left. */
export function Cables({ fuels, looks }) {
  const cables = fuels.filter((fuel) => fuel.interconnector);
  const net = sum(cables.map((fuel) => fuel.value));
  const most = Math.max(...cables.map((fuel) => Math.abs(fuel.value)), 1);
  return (
    <section className="k-now-panel">
      <PanelHead name="Interconnectors" to="/insights/series?view=interconnectors&range=day" link="Flows over time">
        <strong className="k-figures">{megawatts(Math.abs(net))} MW</strong> {net >= 0 ? "imported" : "exported"} on balance
      </PanelHead>
      <table className="k-flow-table k-cable-table">
        <caption className="k-hidden">Flow over each interconnector now</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="k-hidden">Interconnector</span>
            </th>
            <th scope="col" className="k-cable-ways">
              <span>← export</span>
              <span>import →</span>
            </th>
            <th scope="col" className="k-figure">
              MW
            </th>
          </tr>
        </thead>
        <tbody>
          {cables.map((fuel) => (
            <tr key={fuel.code}>
              <th scope="row">
                {fuel.name} <small className="k-soft">{fuel.country}</small>
              </th>
              <td className="k-flow-cell k-flow-both">
                <span
                  className="k-flow-bar"
                  style={{
                    ...looks[fuel.code].css,
                    width: `${(50 * Math.abs(fuel.value)) / most}%`,
                    [fuel.value < 0 ? "right" : "left"]: "50%",
                  }}
                />
              </td>
              <td className="k-figure">{megawatts(fuel.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The largest of what cannot run in full. */
export function Outages({ count, unavailable, largest, at }) {
  return (
    <section className="k-now-panel">
      <PanelHead name="Largest outages" to="/insights/outages" link="All outages">
        {count === 0 ? "Nothing is out" : (
          <>
            <strong className="k-figures">{megawatts(unavailable)} MW</strong> unavailable in {count} {count === 1 ? "outage" : "outages"}
          </>
        )}
      </PanelHead>
      {largest.length > 0 && (
        <ul className="k-out-list">
          {largest.map((one) => (
            <li key={one.message}>
              <Link className="k-mono" to={`/insights/units?id=${encodeURIComponent(one.unit)}`}>
                {one.unit}
              </Link>
              <span className="k-out-what">
                {[one.fuel, one.cause].filter(Boolean).join(" · ")}
                <small className="k-soft">
                  {one.planned ? "Planned" : "Unplanned"}, {untilWords(one, at)}
                </small>
              </span>
              <span className="k-out-bar" aria-hidden="true">
                <span style={{ width: `${share(one)}%` }} />
              </span>
              <span className="k-figure k-figures">
                {megawatts((one.normal ?? 0) - (one.available ?? 0))} MW
                <small className="k-soft">of {megawatts(one.normal)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const share = ({ normal, available }) => (normal > 0 ? (100 * (normal - (available ?? 0))) / normal : 100);
const untilWords = ({ until }, at) =>
  until === null ? "no end given" : `until ${date(until) === date(at) ? "today" : date(until)} ${time(until)}`;

const PanelHead = ({ name, to, link, children }) => (
  <header className="k-now-panel-head">
    <h2>{name}</h2>
    <p>{children}</p>
    <Link to={to}>{link}</Link>
  </header>
);
