// A page is drawn before it is alive. What a person presses or sends in between is kept, and done as soon as React
// holds the page: without this a click would be lost, and a form would be sent by the browser itself, with all that
// was typed in the address.
(() => {
  const alive = () => Object.keys(document.body).some((key) => key.startsWith("__react"));
  const later = (act) => (alive() ? act() : setTimeout(later, 30, act));
  const keep = (event, act) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    later(act);
  };
  document.addEventListener(
    "submit",
    (event) => {
      if (!alive()) keep(event, () => event.target.requestSubmit(event.submitter));
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("button");
      if (button && button.type !== "submit" && !alive()) keep(event, () => button.click());
    },
    true,
  );
})();
