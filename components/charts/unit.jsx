// The recipe of a company's settlement: the volumes and cashflows of one BM Unit.
import { PERIOD_COLUMNS, bars, common, explained, keyAt, payWord, periodCells, span, stepLine, zeroOf } from "./settlement_parts.jsx";
import { megawattHours, pounds } from "./words.jsx";

const METERED = "metered_volume_mwh";
const EXPECTED = "expected_metered_volume_mwh";
const UNIT_CASHFLOW = "bm_unit_cashflow_gbp";
const NON_DELIVERY = "non_delivery_charge_gbp";

const unitHref = (data, at, quantity, of) =>
  explained(data.about.run, quantity, { ...keyAt(at), bm_unit: data.about.bm_unit }, of);

export const unit = {
  ...common,
  axes: () => [
    { name: "Energy (MWh): export above zero, demand below", before: "" },
    { name: "BM Unit cashflow (£): above zero you are paid", before: "£" },
  ],
  grids: () => [
    { top: 34, share: 0.6 },
    { top: 40, share: 0.4 },
  ],
  read: common.readBase,
  note: () => "Expected is what was notified, and what was accepted of offers and bids.",

  looks: (_, palette) =>
    Object.fromEntries(
      [
        [METERED, palette.chart.energy],
        [EXPECTED, palette.chart.contracts],
        [UNIT_CASHFLOW, palette.chart.units],
      ].map(([id, colour]) => [id, { colour, css: { background: colour } }]),
    ),

  overview: (data) => data.columns[METERED],

  series(data, { palette, hidden, looks }) {
    const lines = [
      [METERED, {}],
      [EXPECTED, { type: [5, 4] }],
    ];
    const series = lines
      .filter(([id]) => !hidden.has(id))
      .map(([id, more]) => stepLine(id, data, data.columns[id], looks[id].colour, 0, more));
    if (!hidden.has(UNIT_CASHFLOW)) {
      const blocks = data.time.map((at, index) => [at, 0, data.columns[UNIT_CASHFLOW][index] ?? 0]);
      series.push(bars(UNIT_CASHFLOW, blocks, looks[UNIT_CASHFLOW].colour, 1, 0.85));
    }
    series.push(zeroOf(data, palette, 0), zeroOf(data, palette, 1));
    return series;
  },

  extents: (data, first, last) => [
    span([data.columns[METERED], data.columns[EXPECTED]], first, last),
    span([data.columns[UNIT_CASHFLOW]], first, last),
  ],

  inSight: ([[low, high]]) => `In sight: from ${megawattHours(low)} to ${megawattHours(high)} MWh.`,
  hasValue: (data, index) => data.columns[METERED][index] !== null,

  readout(data, index, { looks }) {
    const row = (id, name, note, text) => ({ id, name, note, text: text(data.columns[id][index]), css: looks[id].css });
    return {
      unit: "",
      rows: [
        row(METERED, "Metered", "MWh", megawattHours),
        row(EXPECTED, "Expected", "MWh", megawattHours),
        row(UNIT_CASHFLOW, "BM Unit cashflow", payWord(data.columns[UNIT_CASHFLOW][index]), pounds),
      ],
      totals: [],
    };
  },

  open: (data, index) => unitHref(data, data.time[index], "bm_unit_cashflow", UNIT_CASHFLOW),

  columns: () => [
    ...PERIOD_COLUMNS,
    ["Metered (MWh)", "figure"],
    ["Expected (MWh)", "figure"],
    ["Offers accepted (MWh)", "figure"],
    ["Bids accepted (MWh)", "figure"],
    ["Loss multiplier (per unit)", "figure"],
    ["BM Unit cashflow (£)", "figure"],
    ["Non-delivery charge (£)", "figure"],
  ],
  row(data, index) {
    const at = data.time[index];
    const value = (id) => data.columns[id][index];
    return [
      ...periodCells(at),
      { href: unitHref(data, at, "delivery_mode", METERED), text: megawattHours(value(METERED)) },
      { href: unitHref(data, at, "expected_metered_volume", EXPECTED), text: megawattHours(value(EXPECTED)) },
      megawattHours(value("accepted_offer_volume_mwh")),
      megawattHours(value("accepted_bid_volume_mwh")),
      value("transmission_loss_multiplier_per_unit")?.toFixed(7) ?? "",
      { href: unitHref(data, at, "bm_unit_cashflow", UNIT_CASHFLOW), text: pounds(value(UNIT_CASHFLOW)) },
      { href: unitHref(data, at, "bm_unit_cashflow", NON_DELIVERY), text: pounds(value(NON_DELIVERY)) },
    ];
  },
};
