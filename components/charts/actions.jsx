// Balancing actions of a day: a pair of bars a period, and a row a BM Unit to sort and filter.
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useDocument } from "./feed.jsx";
import { CopyLink, Updated } from "./frame.jsx";
import { megawattHours, megawattHoursInTable, periodOf, wholePounds } from "./words.jsx";

const MOST = 40;
const OUTSIDE = "Outside the mechanism";

const COLUMNS = [
  ["unit", "BM Unit", "text"],
  ["company", "Company", "text", "k-wide-only"],
  ["volume", "Sold and bought", "text"],
  ["sold", "Sold (MWh)", "figure", "k-wide-only"],
  ["bought", "Bought (MWh)", "figure", "k-wide-only"],
  ["flagged", "Flagged (MWh)", "figure", "k-wide-only"],
  ["actions", "Actions", "figure", "k-wide-only"],
  ["priced", "Set the price", "figure", "k-wide-only"],
  ["cost", "Cost", "figure"],
];

/** Columns of the answer as rows. */
function rowsOf({ unit }) {
  return unit.bm_unit.map((name, index) => ({
    unit: name ?? OUTSIDE,
    isUnit: name !== null,
    name: unit.name[index] ?? "",
    company: unit.company[index] ?? "",
    fuel: unit.fuel[index] ?? "",
    bought: unit.bought_mwh[index],
    sold: unit.sold_mwh[index],
    volume: unit.bought_mwh[index] - unit.sold_mwh[index],
    flagged: unit.flagged_mwh[index],
    actions: unit.actions[index],
    priced: unit.priced_periods[index],
    cost: unit.cost_gbp[index],
  }));
}

export function ActionsOfDay({ src, day }) {
  const found = useDocument(src, "action_stack");
  const rows = useMemo(() => (found.document ? rowsOf(found.document) : []), [found.document]);
  if (found.status === "loading") return <p className="k-soft k-market-wait">Loading …</p>;
  if (!found.document) {
    return (
      <div className="k-empty" role="alert">
        <p>{found.problem}</p>
        <button type="button" className="k-button k-button-secondary" onClick={found.retry}>
          Try again
        </button>
      </div>
    );
  }
  if (rows.length === 0) return <div className="k-empty">No actions are held for this day.</div>;
  return (
    <div className="k-market">
      <Totals rows={rows} updatedAt={found.updatedAt} />
      <Periods period={found.document.period} day={day} />
      <Units rows={rows} src={src} day={day} />
    </div>
  );
}

const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

function Totals({ rows, updatedAt }) {
  const each = [
    ["Bought", `${megawattHours(sum(rows, "bought"))}`, "MWh"],
    ["Sold", `${megawattHours(-sum(rows, "sold"))}`, "MWh"],
    ["Flagged", `${megawattHours(sum(rows, "flagged"))}`, "MWh"],
    ["Cost", wholePounds(sum(rows, "cost")), ""],
    ["BM Units", rows.filter((row) => row.isUnit).length, ""],
  ];
  return (
    <div className="k-strip">
      <dl className="k-figs">
        {each.map(([label, value, unit]) => (
          <div className="k-fig" key={label}>
            <dt>{label}</dt>
            <dd>
              <span className="k-fig-value k-figures">{value}</span> <span className="k-fig-unit">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Updated at={updatedAt} />
    </div>
  );
}

/** Bought above the line and sold below it, each period a way to its stack. */
function Periods({ period, day }) {
  const most = Math.max(...period.bought_mwh, ...period.sold_mwh.map((value) => -value), 1);
  const tall = (value) => `${(50 * Math.abs(value)) / most}%`;
  return (
    <section className="k-now-panel">
      <header className="k-now-panel-head">
        <h2>By Settlement Period</h2>
        <p>
          MWh, up to {megawattHours(most)}: bought above the line, sold below it. Choose a period to see its stack.
        </p>
      </header>
      <ol className="k-period-bars">
        {period.settlement_period.map((number, index) => (
          <li key={number}>
            <Link
              to={`/insights/price-stack?date=${day}&period=${number}`}
              title={`${periodOf(period.start_at[index])}: bought ${megawattHours(period.bought_mwh[index])} MWh, sold ${megawattHours(-period.sold_mwh[index])} MWh`}
              aria-label={`${periodOf(period.start_at[index])}: bought ${megawattHours(period.bought_mwh[index])} MWh, sold ${megawattHours(-period.sold_mwh[index])} MWh. Open its stack`}
            >
              <span className="k-period-buy" style={{ height: tall(period.bought_mwh[index]) }} />
              <span className="k-period-sell" style={{ height: tall(period.sold_mwh[index]) }} />
              {number % 6 === 1 && <span className="k-period-tick">SP {number}</span>}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Units({ rows, src, day }) {
  const [sort, setSort] = useState({ by: "volume", down: true });
  const [wanted, setWanted] = useState("");
  const [all, setAll] = useState(false);
  const found = useMemo(() => sorted(filtered(rows, wanted), sort), [rows, wanted, sort]);
  const shown = all ? found : found.slice(0, MOST);
  const most = Math.max(...rows.filter((row) => row.isUnit).map((row) => Math.max(row.bought, -row.sold)), 1);
  return (
    <section className="k-now-panel">
      <header className="k-now-panel-head">
        <h2>By BM Unit</h2>
        <p className="k-figures" role="status">
          {found.length === rows.length ? `${rows.length} lines` : `${found.length} of ${rows.length} lines`}
        </p>
        <div className="k-chart-tools k-market-tools">
          <label>
            <span className="k-hidden">Filter by unit, name, company or fuel</span>
            <input
              className="k-input k-range-date"
              type="search"
              placeholder="Filter"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
            />
          </label>
          <a href={`${src}?format=csv`} download>
            CSV
          </a>
          <CopyLink to={`/insights/balancing-actions?date=${day}`} />
        </div>
      </header>
      <div className="k-table-box" role="region" aria-label="Balancing actions by BM Unit" tabIndex={0}>
        <table className="k-table k-actions-table">
          <caption className="k-hidden">Balancing actions by BM Unit</caption>
          <thead>
            <tr>
              {COLUMNS.map(([id, words, kind, more]) => (
                <Sorter key={id} {...{ id, words, kind, more, sort, setSort }} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.unit} {...{ row, most, day }} />
            ))}
          </tbody>
        </table>
      </div>
      {found.length > shown.length && (
        <button type="button" className="k-button k-button-secondary" onClick={() => setAll(true)}>
          Show all {found.length}
        </button>
      )}
    </section>
  );
}

function Sorter({ id, words, kind, more, sort, setSort }) {
  const isIt = sort.by === id;
  return (
    <th scope="col" className={`k-${kind} ${more ?? ""}`} aria-sort={isIt ? (sort.down ? "descending" : "ascending") : "none"}>
      <button type="button" className="k-sorter" onClick={() => setSort({ by: id, down: isIt ? !sort.down : kind === "figure" || id === "volume" })}>
        {words}
        <span aria-hidden="true">{isIt ? (sort.down ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}

function Row({ row, most, day }) {
  const part = (value) => `${(50 * Math.abs(value)) / most}%`;
  return (
    <tr>
      <td className="k-text">
        {row.isUnit ? (
          <Link className="k-mono" to={`/insights/units?id=${encodeURIComponent(row.unit)}&date=${day}`}>
            {row.unit}
          </Link>
        ) : (
          row.unit
        )}
        <span className="k-under">{[row.name, row.fuel].filter(Boolean).join(" · ")}</span>
      </td>
      <td className="k-text k-wide-only">{row.company}</td>
      <td className={row.isUnit ? "k-flow-both k-actions-bar" : "k-actions-bar"}>
        {row.isUnit && <span className="k-flow-bar k-actions-sold" style={{ right: "50%", width: part(row.sold) }} />}
        {row.isUnit && <span className="k-flow-bar k-actions-bought" style={{ left: "50%", width: part(row.bought) }} />}
        <span className="k-hidden">
          {megawattHours(-row.sold)} MWh sold, {megawattHours(row.bought)} MWh bought
        </span>
      </td>
      <td className="k-figure k-wide-only">{megawattHoursInTable(row.sold)}</td>
      <td className="k-figure k-wide-only">{megawattHoursInTable(row.bought)}</td>
      <td className="k-figure k-wide-only">{megawattHoursInTable(row.flagged)}</td>
      <td className="k-figure k-wide-only">{row.actions}</td>
      <td className="k-figure k-wide-only">{row.priced}</td>
      <td className="k-figure">{wholePounds(row.cost)}</td>
    </tr>
  );
}

function filtered(rows, wanted) {
  const text = wanted.trim().toLowerCase();
  if (!text) return rows;
  return rows.filter((row) => [row.unit, row.name, row.company, row.fuel].some((of) => of.toLowerCase().includes(text)));
}

function sorted(rows, { by, down }) {
  const order = (one, other) =>
    typeof one[by] === "string" ? one[by].localeCompare(other[by]) : one[by] - other[by];
  return [...rows].sort((one, other) => (down ? -order(one, other) : order(one, other)));
}
