// A link to a part of this page moves the focus there, not only the view: the way past the navigation,
// and each problem of an error summary to its question. React Router's links leave the focus behind.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!link || link.host !== location.host || event.ctrlKey || event.metaKey) return;
    const bare = (path) => path.replace(/\/+$/, "");
    if (bare(link.pathname) !== bare(location.pathname)) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const box = target.tagName === "MAIN" ? null : target.querySelector("input, textarea, select");
    (box ?? target).focus();
    (box ?? target).scrollIntoView({ block: target.matches("main, h2") ? "start" : "center" });
  },
  true,
);
