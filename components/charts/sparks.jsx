// Small pictures of a figure's last hours: a line, or bars either side of zero. No chart library.
const [WIDE, HIGH, EDGE] = [240, 48, 3];

function scales(times, values, usual) {
  const known = values.filter((value) => value !== null);
  const marks = usual ? [usual.least, usual.greatest] : [];
  const [low, high] = [Math.min(...known, ...marks), Math.max(...known, ...marks)];
  const [from, to] = [times[0], times.at(-1)];
  const tall = high - low || 1;
  return {
    x: (at) => ((at - from) / (to - from || 1)) * WIDE,
    y: (value) => EDGE + (1 - (value - low) / tall) * (HIGH - 2 * EDGE),
    low,
    high,
  };
}

/** A path through what is known; a gap stays a gap. Stepped where a value holds until the next. */
function pathOf(times, values, { x, y }, stepped) {
  let path = "";
  let before = null;
  values.forEach((value, index) => {
    if (value === null) {
      before = null;
      return;
    }
    const [across, down] = [x(times[index]).toFixed(1), y(value).toFixed(1)];
    if (before === null) path += `M${across} ${down}`;
    else path += stepped ? `H${across}V${down}` : `L${across} ${down}`;
    before = value;
  });
  return path;
}

const Picture = ({ words, children }) => (
  <svg className="k-spark" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={words}>
    {children}
  </svg>
);

/** A line, with a band between `usual.least` and `usual.greatest` and a mark at the moment `at`. */
export function SparkLine({ trail, usual, at, stepped, words }) {
  const { time: times, values } = trail;
  if (times.length < 2) return <div className="k-spark" />;
  const scale = scales(times, values, usual);
  const marked = times.lastIndexOf(at);
  return (
    <Picture words={words}>
      {usual && (
        <rect className="k-spark-usual" x="0" width={WIDE} y={scale.y(usual.greatest)} height={scale.y(usual.least) - scale.y(usual.greatest)} />
      )}
      {scale.low < 0 && scale.high > 0 && <line className="k-spark-zero" x1="0" x2={WIDE} y1={scale.y(0)} y2={scale.y(0)} />}
      <path className="k-spark-line" d={pathOf(times, values, scale, stepped)} />
      {marked >= 0 && <line className="k-spark-mark" x1={scale.x(at)} x2={scale.x(at)} y1="0" y2={HIGH} />}
    </Picture>
  );
}

/** Bars either side of zero: what is above and below are two states, each of its own colour. */
export function SparkBars({ trail, words }) {
  const { time: times, values } = trail;
  if (times.length < 2) return <div className="k-spark" />;
  const most = Math.max(...values.map((value) => Math.abs(value ?? 0))) || 1;
  const each = WIDE / values.length;
  return (
    <Picture words={words}>
      {values.map((value, index) => {
        if (!value) return null;
        const tall = (Math.abs(value) / most) * (HIGH / 2 - 1);
        return (
          <rect
            key={times[index]}
            className={value > 0 ? "k-spark-short" : "k-spark-long"}
            x={(index * each).toFixed(2)}
            width={(each * 0.8).toFixed(2)}
            y={(value > 0 ? HIGH / 2 - tall : HIGH / 2).toFixed(2)}
            height={tall.toFixed(2)}
          />
        );
      })}
      <line className="k-spark-zero" x1="0" x2={WIDE} y1={HIGH / 2} y2={HIGH / 2} />
    </Picture>
  );
}
