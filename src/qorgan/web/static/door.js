/* The way out: blank the page first, then tell our side to forget, then go where Back does not lead here again.
   Three times Shift, alone, does the same. Every page works without this; then the way out is a plain link. */
(() => {
  "use strict";
  const exit = document.getElementById("exit"), said = document.getElementById("exit-said");
  const WITHIN = 5000; // milliseconds from one Shift to the next
  let alone = false, count = 0, last = 0;

  const leave = () => {
    document.documentElement.hidden = true;
    navigator.sendBeacon("/leave/");
    try { sessionStorage.clear(); localStorage.clear(); } catch { /* a browser that keeps nothing */ }
    location.replace(exit.dataset.to || "/leave/");
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Shift" && !event.repeat) alone = true;
    else if (event.key !== "Shift") { alone = false; count = 0; said.textContent = ""; }
  });
  addEventListener("pointerdown", () => { alone = false; count = 0; });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    count = event.timeStamp - last < WITHIN ? count + 1 : 1;
    last = event.timeStamp;
    if (count === 3) leave();
    else said.textContent = count === 1 ? exit.dataset.two : exit.dataset.one;
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='/']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === exit || link.hasAttribute("data-leave")) leave();
    else location.replace(link.href); // so that Back leads out, not through these pages
  });
  addEventListener("submit", () => history.replaceState(null, "", "/"));
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.hidden = true;
    location.reload();
  });
})();
