// What a chart says in words and figures: the legend that is its readout, and the table twin.
import { Link } from "react-router";
import { lowerBound } from "./series.jsx";

const MOST_ROWS = 500;

/** Legend and readout in one: each name with its value at the crosshair; press one to hide it. */
export function Readout({ title, moment, said, hidden, onToggle, open }) {
  return (
    <section className="k-readout" aria-label={`${title}: values`}>
      <p className="k-readout-moment">{moment}</p>
      {said.unit && <p className="k-readout-unit">{said.unit}</p>}
      <ul className="k-readout-rows">
        {said.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              aria-pressed={!hidden.has(row.id)}
              title={hidden.has(row.id) ? `Show ${row.name}` : `Hide ${row.name}`}
              onClick={() => onToggle(row.id)}
            >
              <span className="k-swatch" style={row.css} aria-hidden="true" />
              <span className="k-readout-name">
                {row.name}
                {row.note && <small> {row.note}</small>}
              </span>
              <span className="k-figures">{row.text}</span>
            </button>
          </li>
        ))}
      </ul>
      <dl className="k-readout-totals">
        {said.totals.map((total) => (
          <div key={total.name} className={total.strong ? "k-strong" : undefined}>
            <dt>{total.name}</dt>
            <dd className="k-figures">{total.text}</dd>
          </div>
        ))}
      </dl>
      {open && (
        <Link className="k-readout-open" to={open.href}>
          {open.text}
        </Link>
      )}
    </section>
  );
}

/** The same figures as a table: what is in sight, up to a limit. */
export function TableTwin({ recipe, data, seen, title, csv }) {
  const first = lowerBound(data.time, seen.from);
  const last = lowerBound(data.time, seen.to);
  const shown = Math.min(last, first + MOST_ROWS);
  const columns = recipe.columns(data);
  const rows = [];
  for (let index = first; index < shown; index += 1) rows.push(recipe.row(data, index));
  const count = last - first;
  return (
    <FigureTable
      caption={`${title}: ${count.toLocaleString("en-GB")} rows in sight`}
      columns={columns}
      rows={rows}
      note={
        count > MOST_ROWS && (
          <p className="k-small k-soft">
            The first {MOST_ROWS} of {count.toLocaleString("en-GB")} rows. Zoom in to see others, or{" "}
            <a href={csv} download>
              take all of them as CSV
            </a>
            .
          </p>
        )
      }
    />
  );
}

export function FigureTable({ caption, columns, rows, note, marked }) {
  return (
    <div className="k-twin">
      {note}
      <div className="k-table-box k-twin-box" role="region" aria-label={caption} tabIndex={0}>
        <table className="k-table">
          <caption className="k-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(([name, kind]) => (
                <th key={name} scope="col" className={`k-${kind}`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, number) => (
              <tr key={number} className={marked?.(number)}>
                {cells.map((cell, place) => (
                  <td key={place} className={`k-${columns[place][1]}`}>
                    {cell?.href ? <Link to={cell.href}>{cell.text}</Link> : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
