// Numbers and times as the market reads them: London clocks, Settlement Periods, a true minus sign.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const PERIOD = 30 * MINUTE;

const MINUS = "\u2212";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});
const offsets = new Map();

/** How far London's clocks are ahead of UTC in the hour that holds a moment. */
function offset(at) {
  const hour = Math.floor(at / HOUR);
  if (!offsets.has(hour)) {
    const part = Object.fromEntries(clock.formatToParts(hour * HOUR).map((p) => [p.type, +p.value]));
    const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
    offsets.set(hour, wall - hour * HOUR);
  }
  return offsets.get(hour);
}

/** The moment as a Date whose UTC fields read as London's clocks. */
export const local = (at) => new Date(at + offset(at));

/** The moment at which London's clocks show midnight of a day, given as year, month, day. */
export function midnightOf(year, month, day) {
  const wall = Date.UTC(year, month, day);
  return wall - offset(wall - offset(wall));
}

/** The midnight that begins the Settlement Date of a moment. */
export function midnight(at) {
  const here = local(at);
  return midnightOf(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate());
}

export const settlementPeriod = (at) => Math.floor((at - midnight(at)) / PERIOD) + 1;

export function settlementDate(at) {
  return local(at).toISOString().slice(0, 10);
}

export const two = (number) => String(number).padStart(2, "0");
export const time = (at) => local(at).toISOString().slice(11, 16);
/** `13:05:15`, for values that come within a minute. */
export const timeToSeconds = (at) => local(at).toISOString().slice(11, 19);
export const zone = (at) => (offset(at) ? "BST" : "GMT");

export function date(at) {
  const here = local(at);
  return `${here.getUTCDate()} ${MONTHS[here.getUTCMonth()]} ${here.getUTCFullYear()}`;
}

export const month = (at) => MONTHS[local(at).getUTCMonth()];
export const weekday = (at) => WEEKDAYS[local(at).getUTCDay()];

/** `SP 27 · 13:00–13:30`; where clocks change within it, `SP 4 · 01:30 BST–01:00`. */
export function periodOf(at) {
  const start = Math.floor(at / PERIOD) * PERIOD;
  const end = start + PERIOD;
  const first = zone(start) === zone(end) ? time(start) : `${time(start)} ${zone(start)}`;
  return `SP ${settlementPeriod(start)} · ${first}–${time(end)}`;
}

/** `Sun 25 Oct 2026 · SP 27 · 13:00–13:30 GMT`. */
export function spokenPeriod(at) {
  return `${weekday(at)} ${date(at)} · ${periodOf(at)} ${zone(Math.floor(at / PERIOD) * PERIOD + PERIOD)}`;
}

/** `Sun 25 Oct 2026, 13:05 GMT · SP 27`. */
export function spokenMoment(at) {
  return `${weekday(at)} ${date(at)}, ${time(at)} ${zone(at)} · SP ${settlementPeriod(at)}`;
}

export const NO_DATA = "No data";

function figure(value, digits, before = "") {
  if (value === null || value === undefined || Number.isNaN(value)) return NO_DATA;
  const size = Math.abs(value).toLocaleString("en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const isZero = !/[1-9]/.test(size);
  return (value < 0 && !isZero ? MINUS : "") + before + size;
}

export const megawatts = (value) => figure(value, 0);
export const megawattHours = (value) => figure(value, Math.abs(value) >= 100 ? 1 : 3);
/** With one decimal, for columns of many. */
export const megawattHoursInTable = (value) => figure(value, 1);
export const wholePounds = (value) => figure(value, 0, "£");
export const pounds = (value) => figure(value, 2, "£");

/** The label of a tick: as many digits as the step between ticks needs. */
export function tickLabel(value, step, before = "") {
  const digits = step >= 1 || step === 0 ? 0 : Math.min(3, Math.ceil(-Math.log10(step)));
  return figure(value, digits, before);
}

const STEPS = [
  [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  [1, 2, 7, 14],
  [1, 3, 6, 12, 24, 60],
];

/** Ticks of a time axis at round places of London's clocks: at most so many. */
export function timeTicks(from, to, most) {
  const span = to - from;
  const hours = STEPS[0].find((step) => span / step <= most);
  if (hours) return clockTicks(from, to, hours);
  const days = STEPS[1].find((step) => span / DAY / step <= most);
  if (days) return dayTicks(from, to, days);
  const months = STEPS[2].find((step) => span / (30.4 * DAY) / step <= most) ?? 120;
  return monthTicks(from, to, months);
}

function clockTicks(from, to, step) {
  const ticks = [];
  const grain = Math.min(step, HOUR);
  for (let at = Math.ceil(from / grain) * grain; at <= to; at += grain) {
    const here = local(at);
    const since = here.getUTCHours() * HOUR + here.getUTCMinutes() * MINUTE;
    if (since % step === 0) ticks.push({ at, label: since === 0 ? dayLabel(at) : time(at) });
  }
  return ticks;
}

const dayLabel = (at) => `${weekday(at)} ${local(at).getUTCDate()} ${month(at)}`;

function dayTicks(from, to, step) {
  const ticks = [];
  const first = local(from);
  for (let day = 0; ; day += 1) {
    const at = midnightOf(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() + day);
    if (at > to) return ticks;
    const number = Math.round(Date.parse(settlementDate(at)) / DAY) + 3; // Monday is 0 of seven
    if (at >= from && number % step === 0) {
      ticks.push({ at, label: `${local(at).getUTCDate()} ${month(at)}` });
    }
  }
}

function monthTicks(from, to, step) {
  const ticks = [];
  const first = local(from);
  for (let number = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; number += 1) {
    const at = midnightOf(Math.floor(number / 12), number % 12, 1);
    if (at > to) return ticks;
    const isYear = number % 12 === 0;
    const year = Math.floor(number / 12);
    if (at >= from && number % step === 0) {
      ticks.push({ at, label: isYear || step >= 12 ? String(year) : month(at) });
    }
  }
}

/** Round limits around values, with room for a few steps; zero is always in sight if asked. */
export function niceExtent(least, greatest, zero = true) {
  let low = zero ? Math.min(0, least) : least;
  let high = zero ? Math.max(0, greatest) : greatest;
  if (!(low < high)) [low, high] = [low - 1, high + 1];
  const rough = (high - low) / 7;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step, step };
}
