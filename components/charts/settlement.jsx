// The recipes of a company's settlement: charges, imbalance against contracts, and a BM Unit's day.
import { HOUR, PERIOD, megawattHours, periodOf, pounds, settlementDate, settlementPeriod, time } from "./words.jsx";

const EXPLANATION = "/settlement/explain";
const GAP = 0.12; // of a period, between two bars

const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

function explained(run, quantity, key, of) {
  const query = new URLSearchParams({ run, quantity, ...key, ...(of ? { of } : {}) });
  return `${EXPLANATION}?${query}`;
}

const keyAt = (at) => ({ settlement_date: settlementDate(at), settlement_period: settlementPeriod(at) });

const zeroLine = (palette) => ({
  silent: true,
  symbol: "none",
  animation: false,
  lineStyle: { color: palette["ink-soft"], width: 1, type: "solid" },
  label: { show: false },
  data: [{ yAxis: 0 }],
});

/** Bars of a half-hour each: `blocks` are [start, from, to] on the value axis. */
function bars(id, blocks, colour, grid = 0, opacity = 1) {
  return {
    id,
    type: "custom",
    silent: true,
    clip: true,
    animation: false,
    xAxisIndex: grid,
    yAxisIndex: grid,
    encode: { x: 0, y: [1, 2] },
    data: blocks,
    renderItem(params, api) {
      const [at, from, to] = [api.value(0), api.value(1), api.value(2)];
      const [x0, y0] = api.coord([at + GAP * PERIOD, from]);
      const [x1, y1] = api.coord([at + (1 - GAP) * PERIOD, to]);
      const shape = { x: x0, y: Math.min(y0, y1), width: Math.max(1, x1 - x0), height: Math.abs(y1 - y0) };
      return { type: "rect", shape, style: { fill: colour, opacity } };
    },
  };
}

function stepLine(id, data, values, colour, grid = 0, more = {}) {
  const points = data.time.map((at, index) => [at, values[index]]);
  const last = points.at(-1);
  return {
    id,
    type: "line",
    step: "end",
    symbol: "none",
    silent: true,
    animation: false,
    xAxisIndex: grid,
    yAxisIndex: grid,
    lineStyle: { width: 2, color: colour, join: "round", ...more },
    itemStyle: { color: colour },
    data: [...points, [last[0] + PERIOD, last[1]]],
  };
}

/** The least and the greatest of some columns among the periods in sight. */
function span(lists, first, last) {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let index = first; index < last; index += 1) {
      if (values[index] < low) low = values[index];
      if (values[index] > high) high = values[index];
    }
  }
  return low > high ? [0, 0] : [low, high];
}

const common = {
  empty: "The run has no figures of yours for this day.",
  least: 3 * HOUR,
  band: true,
  hasMore: () => false,
  ask: () => ({}),
  readBase: (document) => ({ time: document.time, columns: document.columns, minutes: 30, about: document }),
};

const PERIOD_COLUMNS = [
  ["SP", "figure"],
  ["From", "text"],
];
const periodCells = (at) => [settlementPeriod(at), time(at)];

// ---------------------------------------------------------------- charges

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

const payWord = (value) => (Math.abs(value) < 0.005 ? "" : value > 0 ? "you are paid" : "you pay");

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
    series.push({ ...stepLine("zero", data, data.time.map(() => 0), "transparent"), markLine: zeroLine(palette) });
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
  openWords: (data, index) => `Explain ${periodOf(data.time[index]).split(" · ")[0]}`,

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

// ---------------------------------------------------------------- imbalance

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
    for (const grid of [0, 1]) {
      const zero = stepLine(`zero ${grid}`, data, data.time.map(() => 0), "transparent", grid);
      series.push({ ...zero, markLine: zeroLine(palette) });
    }
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
  openWords: (data, index) => `Explain ${periodOf(data.time[index]).split(" · ")[0]}`,

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

// ---------------------------------------------------------------- a BM Unit

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
    for (const grid of [0, 1]) {
      const zero = stepLine(`zero ${grid}`, data, data.time.map(() => 0), "transparent", grid);
      series.push({ ...zero, markLine: zeroLine(palette) });
    }
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
  openWords: (data, index) => `Explain ${periodOf(data.time[index]).split(" · ")[0]}`,

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
