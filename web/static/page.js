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

// "/" leads to the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("search-q") ?? document.querySelector("[data-search]");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// After a refusal the list of what is wrong is read first.
document.getElementById("trouble")?.focus();

// A live board: what the server says takes its place, and between two words the clock runs on by itself.
const live = document.querySelector("[data-live]");
if (live && window.EventSource) {
  const clock = document.getElementById("live-clock");
  let left = Number(clock.dataset.left), running = clock.dataset.running === "yes", told = performance.now();
  const two = (number) => String(number).padStart(2, "0");
  const show = () => {
    const seconds = Math.max(0, left - (running ? Math.floor((performance.now() - told) / 1000) : 0));
    clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    clock.classList.toggle("over", running && seconds === 0);
  };
  const source = new EventSource(live.dataset.live);
  source.addEventListener("board", (event) => {
    live.innerHTML = event.data;
    const round = live.querySelector("[data-round]").dataset.round;
    for (const talk of document.querySelectorAll("[data-of-round]")) {
      talk.toggleAttribute("aria-current", talk.dataset.ofRound === round);
    }
  });
  source.addEventListener("left", (event) => {
    const [seconds, word] = event.data.split(" ");
    [left, running, told] = [Number(seconds), word === "running", performance.now()];
    show();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 10000);
  });
  setInterval(show, 500);
}
