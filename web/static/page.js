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

// What lies beyond a bound of the day is said at its field as it is left, in the words the server has for it.
for (const said of document.querySelectorAll("[data-bound]")) {
  const field = said.closest("form").elements[said.dataset.bound], { most, first } = said.dataset;
  (field.closest(".input-group") ?? field).before(said);
  field.addEventListener("change", () => {
    const value = field.value.replaceAll(/[,，\s]/g, "");
    const fits = first ? !value || value >= first : !(Number(value) > Number(most));
    said.hidden = fits;
    field.setAttribute("aria-invalid", String(!fits));
  });
}

// An answer is kept as its field is left, so that a phone that is closed loses nothing; one request at a time, the newest wins.
const keeping = document.querySelector("[data-keep]");
if (keeping) {
  const form = keeping.querySelector("form"), line = keeping.querySelector("[data-kept-line]");
  const waiting = new Map();
  let busy = false;
  const say = (words) => { line.lastElementChild.textContent = words; };
  const told = (status) => {
    if (status === 204) say(`${line.dataset.kept} ${new Date().toTimeString().slice(0, 5)}`);
    else say(status === 401 ? line.dataset.out : line.dataset.lost);
  };
  const send = () => {
    if (busy || waiting.size === 0) return;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, stand: keeping.dataset.stand });
    for (const [name, value] of waiting) body.set(name, value);
    waiting.clear();
    busy = true;
    fetch(keeping.dataset.keep, { method: "POST", body, keepalive: true, redirect: "error" })
      .then((answer) => told(answer.status), () => say(line.dataset.lost))
      .finally(() => { busy = false; setTimeout(send, 1000); });
  };
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.name || field.type === "password" || field.type === "file") return;
    waiting.set(field.name, field.type === "checkbox" && !field.checked ? "" : field.value);
    send();
  });
}

// A password can be read while it is typed: a phone's keyboard makes slips, and nobody sees them.
for (const field of document.querySelectorAll("input[type=password]")) {
  const words = document.body.dataset, button = document.createElement("button");
  button.type = "button";
  button.className = "btn show-password";
  button.textContent = words.show;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? words.hide : words.show;
  });
  field.form?.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}

// How much may still be written, once less than a quarter is left.
for (const field of document.querySelectorAll("textarea[maxlength]")) {
  const line = document.createElement("p"), most = Number(field.getAttribute("maxlength"));
  line.className = "form-hint";
  line.setAttribute("role", "status");
  field.after(line);
  field.addEventListener("input", () => {
    const left = most - field.value.length;
    line.textContent = left < most / 4 ? document.body.dataset.left.replace("#", left) : "";
  });
}

// A meeting on the wall: one sheet at a time, by the arrow keys, the space bar or the two buttons.
const sheets = [...document.querySelectorAll("[data-sheets] > .sheet")];
if (sheets.length) {
  const turn = document.querySelector("[data-turn]"), told = document.querySelector("[data-at]");
  let at = Math.min(Math.max(0, Number(location.hash.slice(1)) - 1 || 0), sheets.length - 1);
  const show = (next) => {
    at = Math.min(Math.max(0, next), sheets.length - 1);
    sheets.forEach((sheet, number) => { sheet.hidden = number !== at; });
    told.textContent = `${at + 1} / ${sheets.length}`;
    history.replaceState(null, "", `#${at + 1}`);
    window.scrollTo(0, 0);
  };
  const all = sheets.length;
  const steps = new Map([["ArrowRight", 1], ["ArrowDown", 1], ["PageDown", 1], [" ", 1], ["ArrowLeft", -1], ["ArrowUp", -1], ["PageUp", -1], ["Home", -all], ["End", all]]);
  document.addEventListener("keydown", (event) => {
    const step = steps.get(event.key), button = event.target.closest?.("a, button, input") && event.key === " ";
    if (!step || button || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    show(at + step);
  });
  turn.addEventListener("click", (event) => {
    const step = Number(event.target.closest("[data-step]")?.dataset.step);
    if (step) show(at + step);
  });
  turn.hidden = told.hidden = false;
  show(at);
}

// A passkey: the server asks, the device answers, and the form carries the answer.
for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) continue;
  const form = button.closest("form"), adding = button.dataset.passkey === "add";
  const asked = async () => {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, to: button.dataset.passkey });
    const answer = await fetch(button.dataset.at, { method: "POST", body, redirect: "error" });
    return answer.json();
  };
  const answered = (question) => (adding
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) }));
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    asked().then(answered).then((answer) => {
      form.elements[adding ? "signed" : "proving"].value = JSON.stringify(answer.toJSON());
      form.requestSubmit();
    }, () => { form.querySelector("[data-passkey-failed]").hidden = false; });
  });
}
