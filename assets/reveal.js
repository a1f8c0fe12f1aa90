// Shows what a button with data-reveal asks for: a bank account in full for 30 seconds, or (data-once) a secret
// until the page is left. It goes from the answer into the page and nowhere else: not through the websocket, not
// into any store.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-reveal]");
  if (!button) return;
  const place = document.getElementById(button.getAttribute("aria-controls"));
  if (!place) return;
  const hide = () => {
    place.replaceChildren();
    button.hidden = false;
  };
  button.disabled = true;
  try {
    const answer = await fetch(`/api/v1/account/${button.dataset.reveal.split("/").map(encodeURIComponent).join("/")}`, { method: "POST" });
    const told = await answer.json();
    if (answer.status === 403 && told.type === "/problems/sign-in-again") {
      location.assign(`/sign-in-again?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    const list = document.createElement("dl");
    list.className = "k-facts";
    const facts = answer.ok ? told : { "Not shown": told.detail ?? "Try again" };
    for (const [name, text] of Object.entries(facts)) {
      const fact = document.createElement("div");
      fact.className = "k-fact";
      const term = document.createElement("dt");
      term.textContent = name;
      const value = document.createElement("dd");
      value.textContent = text;
      value.className = "k-mono";
      fact.append(term, value);
      list.append(fact);
    }
    place.replaceChildren(list);
    button.hidden = answer.ok;
    if (!answer.ok || !("once" in button.dataset)) setTimeout(hide, 30_000);
  } finally {
    button.disabled = false;
  }
});
