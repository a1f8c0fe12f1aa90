// What supply is, wherever it is said: all that is generated, without pumping, and all that is imported.

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** What pumps take; where other stations take a little too, the words say so. */
export function takenWords(fuels, valueOf) {
  const taking = fuels.filter((fuel) => !fuel.interconnector && valueOf(fuel) < 0);
  return taking.every((fuel) => fuel.family === "pumped") ? "Pumping" : "Pumping and own use";
}

/** The parts of one moment in MW, of fuels that each carry a `value`; taken and exported are negative. */
export function supplyOf(fuels) {
  const giving = fuels.filter((fuel) => fuel.value > 0);
  const taking = fuels.filter((fuel) => fuel.value < 0);
  const part = (some, joined) =>
    sum(some.filter((fuel) => Boolean(fuel.interconnector) === joined).map((fuel) => fuel.value));
  return {
    giving,
    supply: sum(giving.map((fuel) => fuel.value)),
    generated: part(giving, false),
    imported: part(giving, true),
    taken: part(taking, false),
    exported: part(taking, true),
  };
}
