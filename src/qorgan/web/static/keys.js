/* Keys of a page: data-key="1", "N", "F2", "Ctrl Enter", or one after the other: "G M".
   A key is a place on the keyboard (event.code), so it works on every layout. Plain keys rest inside text fields;
   Alt with the key works everywhere. J and K walk the rows of a table with data-rows. The page works without this:
   every key is the shortcut of a link, a button or a field that stands on it. */
(() => {
  "use strict";
  const PLACES = { "/": "Slash", "?": "Slash", "[": "BracketLeft", "]": "BracketRight" };
  const BROWSER = "DEFBHSTV"; // Alt with these belongs to the browser
  const TEXT = "textarea, select, input:not([type=radio], [type=checkbox])";
  const place = (key) => /^[A-Z]$/.test(key) ? "Key" + key : /^\d$/.test(key) ? "Digit" + key : PLACES[key] || key;
  let before = "", since = 0;

  // What lies in a folded <details> has a place, and is not seen.
  const seen = (element) => element.getClientRects().length > 0 && (!element.checkVisibility || element.checkVisibility());
  const fits = (element, event, code) => {
    const keys = element.dataset.key.split(" "), last = keys.pop();
    const ctrl = event.ctrlKey || event.metaKey;
    if (place(last) !== code || !seen(element)) return 0;
    if (keys[0] === "Ctrl" || ctrl) return keys[0] !== "Ctrl" || !ctrl ? 0 : element.form && element.form === event.target.form ? 3 : 2;
    if (code === "Slash" && (last === "?") !== event.shiftKey) return 0;
    if (keys.length) return place(keys[0]) === before && event.timeStamp - since < 1200 ? 2 : 0;
    return 1;
  };
  const use = (element) => {
    element.focus();
    if (!element.matches(TEXT)) element.click();
  };
  const walk = (step) => {
    const rows = [...document.querySelectorAll("[data-rows] tbody tr")].filter((row) => seen(row) && row.querySelector("a[href]"));
    const here = rows.indexOf(document.activeElement.closest("tr"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
    if (next) next.querySelector("a[href]").focus();
    return next;
  };
  addEventListener("keydown", (event) => {
    const code = (event.code || "").replace(/^Numpad(?=\d)/, "Digit").replace("NumpadEnter", "Enter");
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.defaultPrevented || event.repeat || event.isComposing || !code) return;
    if (plain && !/^F\d/.test(code) && event.target.matches(TEXT)) return;
    if (event.altKey && BROWSER.includes(code.slice(3))) return;
    let found = null, best = 0;
    for (const element of document.querySelectorAll("[data-key]")) {
      const fit = fits(element, event, code);
      if (fit > best) [found, best] = [element, fit];
    }
    if (found) use(found);
    const done = found || (plain && (code === "KeyJ" || code === "KeyK") && walk(code === "KeyJ" ? 1 : -1));
    if (done) event.preventDefault();
    [before, since] = [plain && !done ? code : "", event.timeStamp];
  });
})();
