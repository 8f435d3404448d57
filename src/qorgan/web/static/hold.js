/* Words are not sent into the void: where nobody answers, a form in which a call is told stays on the page and says so.
   What is saved in pauses (htmx) is tried again by itself. Nothing is kept: it is all in the fields. */
(() => {
  "use strict";
  const beat = document.currentScript.src, again = 3000;
  let sure = null;

  const words = () => {
    const said = document.getElementById("unheard").content.cloneNode(true);
    said.firstElementChild.setAttribute("role", "alert");
    return said;
  };
  const say = (form, by) => {
    form.querySelector(".unheard")?.remove();
    const near = by ? by.closest("p, fieldset") || by : form.lastElementChild; // a telephone shows what was pressed
    near.before(words());
  };
  addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (event.defaultPrevented || !form.matches("[data-holds]")) return;
    if (sure === form) {
      sure = null;
      return;
    }
    event.preventDefault();
    fetch(beat, { method: "HEAD", cache: "no-store" }).then(
      () => {
        sure = form;
        form.requestSubmit(by);
      },
      () => say(form, by),
    );
  });
  const unsaved = (event) => {
    event.detail.target.replaceChildren(words());
    if (event.type === "htmx:sendError") setTimeout(() => window.htmx.trigger(event.detail.elt, "change"), again);
  };
  document.addEventListener("htmx:sendError", unsaved);
  document.addEventListener("htmx:responseError", unsaved);
  document.addEventListener("htmx:afterSwap", () => {
    for (const told of document.querySelectorAll(".unheard")) told.remove();
  });
})();
