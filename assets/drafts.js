// What is typed into a form with `data-draft` is kept two seconds after the last key, and when the page is left, so
// that no time-out and no closed tab costs anyone their words. Passwords, codes, files and hidden fields never are.
(() => {
  const PAUSE_MS = 2_000;
  const NEVER = new Set(["password", "hidden", "file", "submit", "button", "image", "reset"]);
  const waiting = new Map();

  const isKept = (field, skipped) =>
    field.name &&
    !field.disabled &&
    !NEVER.has(field.type) &&
    !skipped.has(field.name) &&
    !/password|one-time-code|^cc-/.test(field.autocomplete ?? "");

  const typed = (form) => {
    const skipped = new Set((form.dataset.draftSkip ?? "").split(/\s+/));
    const fields = {};
    for (const field of form.elements) {
      if (!isKept(field, skipped)) continue;
      if (field.type === "radio" && !field.checked) continue;
      fields[field.name] = field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
    }
    return fields;
  };

  const send = (form, keepalive = false) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const { draft, draftFor = "", draftBasis = "" } = form.dataset;
    fetch(`/auth/drafts/${encodeURIComponent(draft)}`, {
      method: "PUT",
      credentials: "same-origin",
      keepalive,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ organisation: draftFor, basis: draftBasis, fields: typed(form) }),
    }).catch(() => {}); // the next key tries again
  };

  const sendAll = () => [...waiting.keys()].forEach((form) => send(form, true));

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => send(form), PAUSE_MS));
  });
  document.addEventListener("submit", (event) => waiting.has(event.target) && send(event.target, true), true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && sendAll());
  document.addEventListener("kinnect:leaving", sendAll);
  addEventListener("pagehide", sendAll);
})();
