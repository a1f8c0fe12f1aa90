// The stack of one period: a staircase of actions, of which each step of the price leaves less.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { usePalette } from "./colours.jsx";
import { savePicture } from "./export.jsx";
import { useDocument } from "./feed.jsx";
import { Frame, Tools, Updated } from "./frame.jsx";
import { FigureTable } from "./readout.jsx";
import { Staircase } from "./staircase.jsx";
import { STEPS, TOUCHED, actionTable, actionWords, flagWords, kindWords, stairs, touchedAt } from "./stairs.jsx";
import { megawattHours, pounds } from "./words.jsx";

export function KStack({ src, step, title, source, fileName, permalink, onNews }) {
  const found = useDocument(src, "action_stack");
  const isEmpty = found.status === "ready" && found.document.actions.length === 0;
  const series = { ...found, status: isEmpty ? "empty" : found.status };
  const told = useRef(null);
  useEffect(() => {
    if (found.updatedAt && told.current !== found.updatedAt) {
      told.current = found.updatedAt;
      onNews?.();
    }
  }, [found.updatedAt, onNews]);
  return (
    <Frame title={title} series={series} empty="No actions are held for this period.">
      {series.status === "ready" && (
        <Drawn key={src} {...{ found, src, step, title, source, fileName, permalink }} />
      )}
    </Frame>
  );
}

function Drawn({ found, src, step, title, source, fileName, permalink }) {
  const palette = usePalette();
  const help = useId();
  const handle = useRef(null);
  const [chosen, setChosen] = useState(null);
  const [asTable, setAsTable] = useState(false);
  const [spoken, setSpoken] = useState("");
  const drawn = useMemo(() => stairs(found.document), [found.document]);
  const action = chosen === null ? null : drawn.actions[chosen];

  function choose(index, byKey) {
    setChosen(index);
    if (byKey && index !== null) setSpoken(actionWords(drawn.actions[index], step));
  }

  return (
    <>
      <div className="k-chart-body">
        <Staircase {...{ drawn, step, palette, chosen, choose, handle, help }} label={`${title}. ${STEPS[step].name}.`} />
        <Reading {...{ drawn, action, step, palette }} />
      </div>
      <p id={help} className="k-hidden">
        Left and right arrows go from action to action, Home and End to the first and the last. Plus and minus zoom, 0
        shows the whole stack again.
      </p>
      <p className="k-hidden" role="status" aria-live="polite">
        {spoken}
      </p>
      <Tools
        handle={handle}
        csv={`${src}?format=csv`}
        asTable={asTable}
        onTable={() => setAsTable((was) => !was)}
        onPicture={picture}
        permalink={permalink}
      />
      {asTable && (
        <FigureTable {...actionTable(drawn)} marked={(row) => (drawn.actions[row].priced > 0 ? "k-row-marked" : undefined)} />
      )}
      <figcaption className="k-chart-foot">
        <span>A step of the stairs is an action: as wide as its volume, as high as its price.</span>
        {drawn.isClipped && <span>Bars that touch the edge of the chart cost more than it shows.</span>}
        <span>{source}</span>
        <Updated at={found.updatedAt} />
      </figcaption>
    </>
  );

  function picture() {
    return savePicture({
      address: handle.current.image(),
      title,
      lines: [`Step ${step + 1} of ${STEPS.length}: ${STEPS[step].name}`],
      legend: legendOf(palette, step).map(({ name, colour }) => ({ name, colour })),
      source,
      palette,
      name: fileName,
      font: getComputedStyle(document.body).fontFamily,
    });
  }
}

function legendOf(palette, step) {
  const { buy, sell, flagged, tagged, marginal } = palette.chart;
  return [
    { name: "Bought", colour: buy },
    { name: "Sold", colour: sell },
    step >= 3 && { name: "Flagged: has lost its price", colour: flagged },
    step >= 1 && { name: "Left the stack", colour: tagged },
    step >= 6 && { name: "Sets the price", colour: marginal },
  ].filter(Boolean);
}

function Reading({ drawn, action, step, palette }) {
  return (
    <section className="k-readout" aria-label="The action under the crosshair">
      <ul className="k-stack-legend">
        {legendOf(palette, step).map(({ name, colour }) => (
          <li key={name}>
            <span className="k-swatch" style={{ background: colour }} aria-hidden="true" /> {name}
          </li>
        ))}
      </ul>
      {action ? <OneAction action={action} step={step} /> : <Sides drawn={drawn} step={step} />}
    </section>
  );
}

function OneAction({ action, step }) {
  return (
    <>
      <p className="k-readout-moment">{action.bm_unit ?? action.action_id}</p>
      <dl className="k-readout-totals">
        <Pair name="Kind" text={kindWords(action)} />
        <Pair name="Price" text={action.price_gbp_per_mwh === null ? "No price" : `${pounds(action.price_gbp_per_mwh)}/MWh`} />
        {action.acceptance_number !== null && <Pair name="Acceptance" text={action.acceptance_number} />}
        <Pair name="Flags" text={flagWords(action) || "None"} />
      </dl>
      <dl className="k-readout-totals">
        {STEPS.slice(0, 7).map((one, index) => {
          const left = action.left[index];
          return (
            one.changes && (
              <Pair key={one.name} name={one.short} text={`${megawattHours(left)} MWh`} strong={index === step} />
            )
          );
        })}
      </dl>
      {action.priced > 0 && <p className="k-marginal-words">Sets the price at {pounds(action.final_price_gbp_per_mwh)}/MWh.</p>}
    </>
  );
}

function Sides({ drawn, step }) {
  const at = drawn.totals[Math.min(step, 6)];
  return (
    <>
      <p className="k-readout-moment">Left at this step</p>
      <dl className="k-readout-totals">
        <Pair name="Bought" text={`${megawattHours(at.buy)} MWh`} />
        <Pair name="Sold" text={`${megawattHours(at.sell)} MWh`} />
        <Pair name="Actions" text={at.count} />
      </dl>
      <Touched actions={drawn.actions} step={step} />
      <p className="k-soft k-small">Point at an action, or use the arrow keys, to see what became of it.</p>
    </>
  );
}

const MOST_TOUCHED = 5;

/** The actions that this step touched, those it took most from first: what, how much, of which unit. */
function Touched({ actions, step }) {
  const found = touchedAt(actions, step);
  if (found.length === 0) return null;
  return (
    <>
      <p className="k-readout-moment k-touched-title">{TOUCHED[step]}</p>
      <ul className="k-touched">
        {found.slice(0, MOST_TOUCHED).map(({ action, volume }) => (
          <li key={action.action_id}>
            {action.bm_unit ? (
              <Link to={`/insights/units?id=${encodeURIComponent(action.bm_unit)}&date=${action.settlement_date}`}>{action.bm_unit}</Link>
            ) : (
              action.action_id
            )}
            <span className="k-figures">{megawattHours(volume)} MWh</span>
          </li>
        ))}
      </ul>
      {found.length > MOST_TOUCHED && (
        <p className="k-soft k-small">And {found.length - MOST_TOUCHED} more: see the table.</p>
      )}
    </>
  );
}

const Pair = ({ name, text, strong }) => (
  <div className={strong ? "k-strong" : undefined}>
    <dt>{name}</dt>
    <dd className="k-figures">{text}</dd>
  </div>
);
