// A search box shows the search that its page is of, as the server comes to know it: when the page comes alive, when
// the answer comes, when a link leads to another search. What was typed in it since stays.
new MutationObserver((changes) => {
  for (const { target: box, oldValue } of changes) {
    const isShown = box.matches("input[type=search]") && box.value.trim() === (oldValue ?? "").trim();
    if (isShown) box.value = box.defaultValue;
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["value"], attributeOldValue: true });
