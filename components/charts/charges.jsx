// The recipe of a company's settlement: what it is paid and pays, each half-hour.
import { PERIOD_COLUMNS, bars, common, explained, keyAt, payWord, periodCells, span, stepLine, zeroOf } from "./settlement_parts.jsx";
import { pounds } from "./words.jsx";

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

const CHARGE_COLOURS = {
  bm_unit_cashflow_gbp: "units",
  non_delivery_charge_gbp: "nondelivery",
  energy_imbalance_cashflow_gbp: "imbalance",
  information_imbalance_charge_gbp: "information",
  residual_cashflow_gbp: "residual",
};
const NET = "net_to_party_gbp";

/** Charges as the Party sees them: above zero it is paid. Those that are zero all day are not drawn. */
function readCharges(document) {
  const read = common.readBase(document);
  const named = document.charges.filter(({ column }) => column !== NET);
  const columns = { [NET]: document.columns[NET] };
  for (const { column, paid_to_party: isPaid } of named) {
    columns[column] = document.columns[column].map((value) => (isPaid || value === 0 ? value : -value));
  }
  const drawn = named.filter(({ column }) => columns[column].some((value) => value !== 0));
  return { ...read, columns, named, drawn };
}

function chargeHref(data, at, of) {
  const { run, party_id: party } = data.about;
  return party && explained(run, "party_cashflow", { ...keyAt(at), party_id: party }, of);
}

export const charges = {
  ...common,
  axes: () => [{ name: "Amount (£): above zero you are paid, below you pay", before: "£" }],
  grids: () => [{ top: 34, share: 1 }],
  read: readCharges,
  note: () => "Bars are charges, stacked from zero; the line is the net of each half-hour.",

  looks: (data, palette) =>
    Object.fromEntries([
      ...data.named.map(({ column }) => {
        const colour = palette.chart[CHARGE_COLOURS[column]] ?? palette.chart.information;
        return [column, { colour, css: { background: colour } }];
      }),
      [NET, { colour: palette.ink, css: { background: palette.ink, height: "3px", alignSelf: "center" } }],
    ]),

  overview: (data) => data.columns[NET],

  series(data, { palette, hidden, looks }) {
    const shown = data.drawn.filter(({ column }) => !hidden.has(column));
    const tops = data.time.map(() => [0, 0]);
    const series = shown.map(({ column }) => {
      const blocks = data.time.flatMap((at, index) => {
        const value = data.columns[column][index];
        if (!value) return [];
        const side = value > 0 ? 0 : 1;
        const from = tops[index][side];
        tops[index][side] += value;
        return [[at, from, tops[index][side]]];
      });
      return bars(column, blocks, looks[column].colour, 0, 0.85);
    });
    if (!hidden.has(NET)) series.push(stepLine(NET, data, data.columns[NET], palette.ink, 0, { width: 1.75 }));
    series.push(zeroOf(data, palette));
    return series;
  },

  extents(data, first, last, { hidden }) {
    const shown = data.drawn.filter(({ column }) => !hidden.has(column));
    let [low, high] = span([data.columns[NET]], first, last);
    for (let index = first; index < last; index += 1) {
      const values = shown.map(({ column }) => data.columns[column][index]);
      high = Math.max(high, sum(values.filter((value) => value > 0)));
      low = Math.min(low, sum(values.filter((value) => value < 0)));
    }
    return [[low, high]];
  },

  inSight: ([[low, high]]) => `In sight: from ${pounds(low)} to ${pounds(high)}.`,
  hasValue: (data, index) => data.columns[NET][index] !== null,

  readout(data, index, { looks }) {
    const row = (id, name) => {
      const value = data.columns[id][index];
      return { id, name, note: payWord(value), text: pounds(value), css: looks[id].css };
    };
    return { unit: "", rows: [...data.drawn.map(({ column, name }) => row(column, name)), row(NET, "Net")], totals: [] };
  },

  open: (data, index) => chargeHref(data, data.time[index], "") || undefined,

  columns: (data) => [
    ...PERIOD_COLUMNS,
    ...data.named.map(({ name }) => [`${name} (£)`, "figure"]),
    ["Net (£)", "figure"],
    ["Who pays", "text"],
  ],
  row(data, index) {
    const at = data.time[index];
    const cell = (column) => {
      const text = pounds(data.columns[column][index]);
      const href = chargeHref(data, at, column);
      return href ? { href, text } : text;
    };
    const paid = payWord(data.columns[NET][index]) || "nothing";
    return [...periodCells(at), ...data.named.map(({ column }) => cell(column)), cell(NET), paid];
  },
};
