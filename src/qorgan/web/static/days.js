/* A slider over days on record: while it moves it says the day, let go it asks for it. Without it, the date field asks. */
(() => {
  "use strict";
  const slider = document.querySelector("[data-days]");
  if (!slider) return;
  const days = slider.dataset.days.split(" ");
  const field = document.getElementById(slider.dataset.field);
  slider.closest("[hidden]").hidden = false;
  slider.addEventListener("input", () => {
    field.value = days[slider.value];
    slider.setAttribute("aria-valuetext", field.value);
  });
  slider.addEventListener("change", () => field.form.requestSubmit());
})();
