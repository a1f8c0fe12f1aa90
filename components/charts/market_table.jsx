// The table twin of the overview: every figure of it, with its unit and its moment.
import { FigureTable } from "./readout.jsx";
import { megawattHours, megawatts, pounds, spokenMoment, spokenPeriod } from "./words.jsx";

const SHOWN = {
  "GBP/MWh": [pounds, "£/MWh"],
  MWh: [megawattHours, "MWh"],
  MW: [megawatts, "MW"],
  Hz: [(value) => value.toFixed(3), "Hz"],
};

const COLUMNS = [
  ["Figure", "text"],
  ["Value", "figure"],
  ["Unit", "text"],
  ["When", "text"],
];

export function MarketTable({ now }) {
  const readings = Object.values(now.readings).map((one) => {
    const [show, unit] = SHOWN[one.unit] ?? [String, one.unit];
    const when = one.unit === "Hz" ? spokenMoment : spokenPeriod;
    return [one.words, show(one.value), unit, when(one.time)];
  });
  const fuels = (now.generation?.fuels ?? []).map((fuel) => [
    fuel.interconnector ? `${fuel.name} (${fuel.country})` : fuel.name,
    megawatts(fuel.value),
    "MW",
    spokenMoment(now.generation.time),
  ]);
  const out = ["Unavailable through outages", megawatts(now.outages.unavailable), "MW", spokenMoment(now.time)];
  return <FigureTable caption="The market now, every figure" columns={COLUMNS} rows={[...readings, ...fuels, out]} />;
}
