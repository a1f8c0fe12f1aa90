// The editor of queries: Ctrl+Enter (or Cmd+Enter) runs what is written, and a name that is pressed in the list of
// tables is written where the caret is. Tab stays the way out of the box.
(() => {
  const editor = () => document.querySelector("textarea[data-runs]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== editor()) return;
    event.preventDefault();
    event.target.form?.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-writes]")?.dataset.writes;
    const box = editor();
    if (!name || !box) return;
    const { selectionStart: from, selectionEnd: to, value } = box;
    const before = /[\w"]$/.test(value.slice(0, from)) ? " " : "";
    box.setRangeText(before + name, from, to, "end");
    box.focus();
  });
})();
