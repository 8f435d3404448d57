/* What the browser says of a passkey that was not used or not made: a sentence on the page instead of the console. */
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey_failed");
  if (!told) return;
  event.preventDefault();
  told.hidden = false;
  told.focus();
});
