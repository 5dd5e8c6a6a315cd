// What makes pages pleasanter with scripts; every page works without.
"use strict";

// A form that is on its way is not sent twice.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
  event.target.setAttribute("aria-busy", "true");
});

// Coming back with the browser's back button, the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// An open menu closes when something else is touched.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.user-menu[open], details.menu-group[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// After a refusal the list of what is wrong is read first.
document.getElementById("trouble")?.focus();
