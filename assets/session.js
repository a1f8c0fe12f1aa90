// Before a sign-in ends, the screen says so and lets the person go on; at the end it says so too, and what was
// typed is kept (drafts.js). To ask how long it lasts yet keeps nothing alive: only the person does.
(() => {
  const LONGEST_PAUSE_MS = 60_000;
  const SHORTEST_PAUSE_MS = 1_000;
  const UNTIL_LOADED_MS = 1_500;
  let dialog = null;
  let wasSignedIn = false;
  let timer = 0;
  let toldOfLastEnd = false;

  const look = async (path = "/auth/session", method = "GET") => {
    try {
      const answer = await fetch(path, { method, credentials: "same-origin", cache: "no-store" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const signOut = () => {
    const form = element("form", { method: "post", action: "/auth/sign-out" });
    document.body.append(form);
    form.submit();
  };

  const shut = () => {
    dialog?.close();
    dialog?.remove();
    dialog = null;
  };

  const show = (session) => {
    const isLast = session.absolute_seconds <= session.idle_seconds;
    if (dialog || (isLast && toldOfLastEnd)) return;
    const stay = async () => {
      toldOfLastEnd = isLast;
      shut();
      follow(isLast ? await look() : await look("/auth/session/extend", "POST"));
    };
    dialog = element(
      "dialog",
      { className: "k-dialog", role: "alertdialog" },
      element("h2", { id: "k-dialog-title", className: "k-dialog-title", textContent: "Are you still there?" }),
      element("p", {
        id: "k-dialog-text",
        textContent: `For your security you will be signed out at ${session.ends_at}. ${
          isLast ? "You signed in long ago: sign in again after that to go on." : "Nothing that you did is lost if you stay."
        }`,
      }),
      element(
        "div",
        { className: "k-actions" },
        element("button", {
          type: "button",
          className: "k-button k-button-primary",
          textContent: isLast ? "Go on until then" : "Stay signed in",
          autofocus: true,
          onclick: stay,
        }),
        element("button", {
          type: "button",
          className: "k-button k-button-secondary",
          textContent: "Sign out",
          onclick: signOut,
        }),
      ),
    );
    dialog.setAttribute("aria-labelledby", "k-dialog-title");
    dialog.setAttribute("aria-describedby", "k-dialog-text");
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      stay();
    });
    document.body.append(dialog);
    dialog.showModal(); // the rest of the page is inert; the focus comes in, and goes back when it is shut
  };

  const isSigningIn = () => location.pathname.replace(/\/$/, "") === "/sign-in";

  const leave = () => {
    const here = location.pathname + location.search;
    document.dispatchEvent(new CustomEvent("kinnect:leaving"));
    location.assign(`/sign-in/?why=timed_out&next=${encodeURIComponent(here)}`);
  };

  // Signed in meanwhile in another tab: the page that was wanted is there now.
  const goOn = () => {
    const asked = new URLSearchParams(location.search);
    const next = asked.get("next");
    const mayGo = !asked.has("why") || asked.get("why") === "timed_out";
    const isOurs = next && /^\/(?![/\\])/.test(next) && new URL(next, location.origin).origin === location.origin;
    if (mayGo && isOurs && isSigningIn()) location.replace(next);
  };

  const follow = (session) => {
    clearTimeout(timer);
    if (!session) {
      if (wasSignedIn) timer = setTimeout(again, LONGEST_PAUSE_MS);
      return;
    }
    if (!session.signed_in) {
      if (wasSignedIn && !isSigningIn()) leave();
      wasSignedIn = false;
      return;
    }
    wasSignedIn = true;
    const left = Math.min(session.idle_seconds, session.absolute_seconds);
    const unwarned = left - session.warning_seconds;
    if (unwarned <= 0) show(session);
    else shut();
    const pause = (unwarned > 0 ? unwarned : Math.min(left, 10)) * 1000 + 500;
    timer = setTimeout(again, Math.min(Math.max(pause, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
  };

  const again = async () => follow(await look());

  const begin = async () => {
    const session = await look();
    if (session?.signed_in) goOn();
    follow(session);
  };

  document.addEventListener("visibilitychange", () => {
    if (wasSignedIn && document.visibilityState === "visible") again();
  });
  globalThis.navigation?.addEventListener("currententrychange", () => {
    if (wasSignedIn && isSigningIn()) begin();
  });
  const beginSoon = () => setTimeout(begin, UNTIL_LOADED_MS); // to load a page is to use it, once its socket is open
  if (document.readyState === "complete") beginSoon();
  else addEventListener("load", beginSoon);
})();
