// The recipe of a company's settlement: its energy against its contracts, and the price of the difference.
import { PERIOD_COLUMNS, bars, common, explained, keyAt, periodCells, span, stepLine, zeroOf } from "./settlement_parts.jsx";
import { megawattHours, pounds } from "./words.jsx";

const ENERGY = [
  ["credited_energy_volume_mwh", "Credited energy", "energy"],
  ["contract_volume_mwh", "Contracts (sold)", "contracts"],
];
const SERVICES = "balancing_services_volume_mwh";
const IMBALANCE = "energy_imbalance_volume_mwh";
const [BUY, SELL] = ["system_buy_price_gbp_per_mwh", "system_sell_price_gbp_per_mwh"];
const CASHFLOW = "energy_imbalance_cashflow_gbp";

const longWord = (value) => (value > 0 ? "long" : value < 0 ? "short" : "in balance");

function accountHref(data, at, quantity, of) {
  const { run, party_id, energy_account } = data.about;
  return explained(run, quantity, { ...keyAt(at), party_id, energy_account }, of);
}

/** Two prices are two only where they differ, which none does since 5 November 2015. */
const priceOf = (data, index) => (data.columns[IMBALANCE][index] < 0 ? data.columns[BUY][index] : data.columns[SELL][index]);

export const imbalance = {
  ...common,
  axes: () => [
    { name: "Energy (MWh): given above zero, taken below", before: "" },
    { name: "Imbalance (MWh): long above, short below", before: "" },
    { name: "Imbalance price (£/MWh)", before: "£" },
  ],
  grids: () => [
    { top: 34, share: 0.42 },
    { top: 40, share: 0.33 },
    { top: 40, share: 0.25 },
  ],
  read: common.readBase,
  note: () => "Imbalance is credited energy, less balancing services, less contracts.",

  looks: (_, palette) =>
    Object.fromEntries(
      [
        ...ENERGY.map(([id, , colour]) => [id, palette.chart[colour]]),
        [SERVICES, palette.chart.services],
        [`${IMBALANCE} long`, palette.chart.long],
        [`${IMBALANCE} short`, palette.chart.short],
        ["price", palette.chart.price],
      ].map(([id, colour]) => [id, { colour, css: { background: colour } }]),
    ),

  overview: (data) => data.columns[IMBALANCE],

  series(data, { palette, hidden, looks }) {
    const series = ENERGY.filter(([id]) => !hidden.has(id)).map(([id], place) =>
      stepLine(id, data, data.columns[id], looks[id].colour, 0, place ? { type: [5, 4], width: 2 } : {}),
    );
    if (!hidden.has(SERVICES)) {
      const blocks = data.time.map((at, index) => [at, 0, data.columns[SERVICES][index] ?? 0]);
      series.push(bars(SERVICES, blocks, looks[SERVICES].colour, 0, 0.7));
    }
    if (!hidden.has(IMBALANCE)) {
      for (const [side, sign] of [["long", 1], ["short", -1]]) {
        const blocks = data.time.flatMap((at, index) => {
          const value = data.columns[IMBALANCE][index];
          return sign * value > 0 ? [[at, 0, value]] : [];
        });
        series.push(bars(`${IMBALANCE} ${side}`, blocks, looks[`${IMBALANCE} ${side}`].colour, 1, 0.85));
      }
    }
    if (!hidden.has("price")) {
      const prices = data.time.map((_, index) => priceOf(data, index));
      series.push(stepLine("price", data, prices, looks.price.colour, 2));
    }
    series.push(zeroOf(data, palette, 0), zeroOf(data, palette, 1));
    return series;
  },

  extents(data, first, last, { hidden }) {
    const energy = [...ENERGY.map(([id]) => id), SERVICES].filter((id) => !hidden.has(id));
    return [
      span(energy.map((id) => data.columns[id]), first, last),
      span([data.columns[IMBALANCE]], first, last),
      span([data.columns[BUY], data.columns[SELL]], first, last),
    ];
  },

  inSight: ([, [low, high]]) => `In sight: imbalance from ${megawattHours(low)} to ${megawattHours(high)} MWh.`,
  hasValue: (data, index) => data.columns[IMBALANCE][index] !== null,

  readout(data, index, { looks }) {
    const at = (id) => data.columns[id][index];
    const side = at(IMBALANCE) < 0 ? "short" : "long";
    const volume = (id, name) => ({ id, name, note: "MWh", text: megawattHours(at(id)), css: looks[id].css });
    return {
      unit: "",
      rows: [
        ...ENERGY.map(([id, name]) => volume(id, name)),
        volume(SERVICES, "Balancing services"),
        {
          id: IMBALANCE,
          name: "Imbalance",
          note: `MWh, ${longWord(at(IMBALANCE))}`,
          text: megawattHours(at(IMBALANCE)),
          css: looks[`${IMBALANCE} ${side}`].css,
        },
        { id: "price", name: "Price", note: "£/MWh", text: pounds(priceOf(data, index)), css: looks.price.css },
      ],
      totals: [],
    };
  },

  open: (data, index) => accountHref(data, data.time[index], "energy_imbalance_volume", IMBALANCE),

  columns: () => [
    ...PERIOD_COLUMNS,
    ...ENERGY.map(([, name]) => [`${name} (MWh)`, "figure"]),
    ["Balancing services (MWh)", "figure"],
    ["Imbalance (MWh)", "figure"],
    ["The account is", "text"],
    ["Price (£/MWh)", "figure"],
    ["Paid to you (£)", "figure"],
  ],
  row(data, index) {
    const at = data.time[index];
    const value = (id) => data.columns[id][index];
    return [
      ...periodCells(at),
      ...ENERGY.map(([id]) => megawattHours(value(id))),
      megawattHours(value(SERVICES)),
      { href: accountHref(data, at, "energy_imbalance_volume", IMBALANCE), text: megawattHours(value(IMBALANCE)) },
      longWord(value(IMBALANCE)),
      pounds(priceOf(data, index)),
      { href: accountHref(data, at, "energy_imbalance_cashflow", CASHFLOW), text: pounds(-value(CASHFLOW)) },
    ];
  },
};
