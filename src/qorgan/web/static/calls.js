/* The call screen: the time on the line, and the seconds in which something is taken back. It keeps nothing. */
(() => {
  "use strict";
  // htmx notes the address of the page for a history that this screen does not have.
  const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
  addEventListener("pagehide", forget);
  document.addEventListener("htmx:afterRequest", forget);
  forget();

  const two = (number) => String(number).padStart(2, "0");
  const began = performance.now();
  const passed = () => Math.floor((performance.now() - began) / 1000);
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-since]")) {
      const seconds = Number(clock.dataset.since) + passed();
      clock.textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
    }
    for (const bar of document.querySelectorAll("[data-lasts]")) {
      const left = Number(bar.dataset.lasts) - passed();
      bar.querySelector("[data-left]").textContent = Math.max(0, left);
      if (left < 0) bar.remove();
    }
  };
  if (document.querySelector("[data-since], [data-lasts]")) setInterval(tick, 1000);
})();
