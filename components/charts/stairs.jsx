// From the rows of a stack to stairs: where each action stands, and what is left of it at each step.
import { megawattHours, niceExtent, pounds } from "./words.jsx";

export const STEPS = [
  { name: "All actions", short: "As taken", changes: true },
  { name: "De minimis", short: "After de minimis", changes: true },
  { name: "Arbitrage", short: "After arbitrage", changes: true },
  { name: "Flags", short: "", changes: false },
  { name: "NIV tagging", short: "After NIV tagging", changes: true },
  { name: "Replacement price", short: "", changes: false },
  { name: "PAR tagging", short: "After PAR tagging", changes: true },
  { name: "The price", short: "", changes: false },
];

const [ARBITRAGE, REPLACEMENT, PRICED] = [2, 5, 6];

/** What is said of the actions that a step touched; a step that touches none says nothing. */
export const TOUCHED = {
  1: "Too small: left the stack",
  2: "Cancelled out, most first",
  3: "Lost the price",
  4: "Tagged by NIV tagging, most first",
  5: "Take the Replacement Price",
  6: "Set the price",
  7: "Set the price",
};

/** [{action, volume}] that a step touched: the volume it took away, or the volume it speaks of. */
export function touchedAt(actions, step) {
  const volume = (action) => {
    if (step === 3) return action.second_stage_flag ? action.left[2] : 0;
    if (step === REPLACEMENT) return action.second_stage_flag ? action.left[4] : 0;
    if (step >= PRICED) return action.priced;
    return step > 0 ? action.left[step - 1] - action.left[step] : 0;
  };
  return actions
    .map((action) => ({ action, volume: volume(action) }))
    .filter((one) => one.volume > 1e-9)
    .sort((one, other) => other.volume - one.volume);
}

const KINDS = {
  offer: "Offer accepted",
  bid: "Bid accepted",
  buy_adjustment: "Bought outside the mechanism",
  sell_adjustment: "Sold outside the mechanism",
  demand_control: "Demand control",
  gas_or_reserve_buy: "Replacement reserve bought",
  gas_or_reserve_sell: "Replacement reserve sold",
};

export const kindWords = (action) => KINDS[action.action_type] ?? action.action_type;

export function flagWords(action) {
  const words = [
    action.so_flag && "System Operator",
    action.cadl_flag && "short duration",
    action.emergency_flag && "emergency",
    action.stor_flag && "STOR",
    action.reserve_repriced && "raised to the Reserve Scarcity Price",
    action.second_stage_flag && "lost its price",
  ].filter(Boolean);
  const said = words.join(", ");
  return said && said[0].toUpperCase() + said.slice(1);
}

export function actionWords(action, step) {
  const price = action.price_gbp_per_mwh === null ? "no price" : `${pounds(action.price_gbp_per_mwh)} per MWh`;
  const left = action.left[Math.min(step, PRICED)];
  const marginal = action.priced > 0 ? " It sets the price." : "";
  return `${action.bm_unit ?? action.action_id}, ${kindWords(action)}, ${price}, ${megawattHours(left)} MWh left of ${megawattHours(action.left[0])}. ${flagWords(action)}.${marginal}`;
}

function placed(rows, side) {
  const sign = side === "buy" ? 1 : -1;
  let outer = 0;
  return rows
    .filter((row) => row.side === side)
    .sort((a, b) => a.stack_rank - b.stack_rank)
    .map((row) => {
      const size = Math.abs(row.volume_mwh);
      const inner = outer;
      outer += size;
      const after = [
        row.volume_mwh,
        row.volume_after_de_minimis_mwh,
        row.volume_after_arbitrage_mwh,
        row.volume_after_arbitrage_mwh,
        row.volume_after_net_imbalance_mwh,
        row.volume_after_net_imbalance_mwh,
        row.volume_after_price_average_mwh,
      ].map((volume) => Math.abs(volume ?? 0));
      return { ...row, sign, inner, size, left: after, priced: after[PRICED] };
    });
}

/** What of an action is still in the stack at a step, as MWh from the middle outwards. */
export function standing(action, step) {
  const at = Math.min(step, PRICED);
  // Arbitrage takes the cheap end, NIV tagging the dear end; PAR keeps the dear end of what is left.
  const gone = at >= ARBITRAGE ? action.left[1] - action.left[2] : 0;
  if (at < PRICED) return [action.inner + gone, action.inner + gone + action.left[at]];
  const end = action.inner + gone + action.left[4];
  return [end - action.left[PRICED], end];
}

/** The price an action stands at: flagged ones that survive take the Replacement Price. */
export function height(action, step, drawn) {
  const replaced = step >= REPLACEMENT && action.second_stage_flag && action.left[4] > 0;
  const price = replaced ? action.final_price_gbp_per_mwh : action.stack_price_gbp_per_mwh;
  if (price === null || price === undefined) return action.sign > 0 ? drawn.high : drawn.low;
  return Math.max(drawn.low, Math.min(drawn.high, price));
}

/** Actions from the dearest sold to the dearest bought, and the limits of the drawing. */
export function stairs({ actions: rows, price }) {
  const [buys, sells] = [placed(rows, "buy"), placed(rows, "sell")];
  const actions = [...sells.reverse(), ...buys];
  const paid = price?.system_buy_price_gbp_per_mwh ?? null;
  const prices = actions.map((action) => action.stack_price_gbp_per_mwh).filter((of) => of !== null);
  const { low, high, step } = limits(prices, paid);
  const priced = actions.filter((action) => action.priced > 0);
  return {
    actions,
    paid,
    low,
    high,
    step,
    isClipped: prices.some((of) => of < low || of > high),
    from: -sells.reduce((total, action) => total + action.size, 0),
    to: buys.reduce((total, action) => total + action.size, 0),
    marginal: priced.length ? marginalPlace(priced) : null,
    totals: STEPS.slice(0, 7).map((_, index) => totalsAt(buys, sells, index)),
  };
}

function marginalPlace(priced) {
  const dearest = priced[0].sign > 0 ? priced.at(-1) : priced[0];
  return dearest.sign * standing(dearest, PRICED)[1];
}

function totalsAt(buys, sells, index) {
  const left = (side) => side.reduce((total, action) => total + action.left[index], 0);
  const count = [...buys, ...sells].filter((action) => action.left[index] > 0).length;
  return { buy: left(buys), sell: left(sells), count };
}

/** So that a few very dear actions do not flatten all others, they are cut off at the edge. */
function limits(prices, paid) {
  const sorted = [...prices].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  const middle = Math.max(50, at(0.9) - at(0.1));
  const high = Math.max(Math.min(at(1), at(0.9) + 2 * middle), paid ?? 0);
  const low = Math.min(Math.max(at(0), at(0.1) - 2 * middle), paid ?? 0);
  const { min, max, step } = niceExtent(low, high * 1.02);
  return { low: min, high: max, step };
}

const COLUMNS = [
  ["Action", "text"],
  ["Kind", "text"],
  ["BM Unit", "text"],
  ["Price (£/MWh)", "figure"],
  ["Volume (MWh)", "figure"],
  ["After de minimis (MWh)", "figure"],
  ["After arbitrage (MWh)", "figure"],
  ["After NIV tagging (MWh)", "figure"],
  ["After PAR tagging (MWh)", "figure"],
  ["Final price (£/MWh)", "figure"],
  ["Flags", "text"],
];

/** The table twin: the stack from the dearest sold to the dearest bought. */
export function actionTable(drawn) {
  const volume = (value) => (value === null ? "Out" : megawattHours(value));
  return {
    caption: `The stack: ${drawn.actions.length} actions`,
    columns: COLUMNS,
    rows: drawn.actions.map((action) => [
      action.action_id,
      kindWords(action),
      action.bm_unit ?? "\u2013",
      action.price_gbp_per_mwh === null ? "No price" : pounds(action.price_gbp_per_mwh),
      volume(action.volume_mwh),
      volume(action.volume_after_de_minimis_mwh),
      volume(action.volume_after_arbitrage_mwh),
      volume(action.volume_after_net_imbalance_mwh),
      volume(action.volume_after_price_average_mwh),
      action.final_price_gbp_per_mwh === null ? "No price" : pounds(action.final_price_gbp_per_mwh),
      flagWords(action) || "None",
    ]),
  };
}
