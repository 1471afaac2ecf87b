// Draws the value stream map that Python passes as data, and tells Python which stage was chosen.

const FORBIDDEN = "script, foreignObject, iframe, object, embed, image, a, animate, set";
const READABLE_SCALE = 0.88; // below this share of its drawn size the map's text is under 11 px: scroll instead
const LARGEST_SCALE = 1.25;

// The browser may be set to light while Streamlit shows its dark theme: what is behind the map decides.
function isDark(element) {
  const probe = document.createElement("span");
  probe.style.color = getComputedStyle(element).getPropertyValue("--st-background-color");
  element.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function clean(svg) {
  svg.querySelectorAll(FORBIDDEN).forEach((element) => element.remove());
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      const remote = name.endsWith("href") && !value.startsWith("#");
      if (name.toLowerCase().startsWith("on") || remote) element.removeAttribute(name);
    }
  }
}

function parse(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  if (parsed.querySelector("parsererror") || parsed.documentElement.localName !== "svg") {
    throw new Error("The value stream map is not well-formed SVG.");
  }
  clean(parsed.documentElement);
  return document.importNode(parsed.documentElement, true);
}

function fit(svg) {
  const [width] = svg.getAttribute("viewBox").split(/[\s,]+/).map(Number).slice(2);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.style.minWidth = `${Math.round(width * READABLE_SCALE)}px`;
  svg.style.maxWidth = `${Math.round(width * LARGEST_SCALE)}px`;
}

// Fades the map out where more of it is to be seen: many browsers show a scroll bar only while one scrolls.
function fade(frame) {
  const left = frame.scrollLeft;
  frame.classList.toggle("more-left", left > 4);
  frame.classList.toggle("more-right", left < frame.scrollWidth - frame.clientWidth - 4);
}

function keepFaded(frame) {
  if (frame.watched) return;
  frame.watched = true;
  frame.addEventListener("scroll", () => fade(frame), { passive: true });
  new ResizeObserver(() => fade(frame)).observe(frame);
}

// A rerun brings the same map again: it is not drawn anew, so that focus and scroll position stay.
function draw(frame, text) {
  if (frame.drawn === text) return;
  const svg = parse(text);
  fit(svg);
  frame.replaceChildren(svg);
  frame.drawn = text;
  fade(frame);
}

// The card of the chosen stage comes below the map, often outside the window, and only once Python has run.
function showCard(triesLeft = 40) {
  const card = document.querySelector(".st-key-stage_card");
  if (card) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  } else if (triesLeft > 0) {
    setTimeout(() => showCard(triesLeft - 1), 50);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const frame = parentElement.querySelector(".map");
  draw(frame, isDark(frame) ? data.dark : data.light);
  keepFaded(frame);
  const stages = [...frame.querySelectorAll(".stage")];
  const mark = (chosen) => {
    for (const stage of stages) stage.setAttribute("aria-pressed", String(Number(stage.dataset.stage) === chosen));
  };
  const choose = (index) => {
    mark(index);
    setStateValue("stage", index);
    showCard();
  };
  for (const part of frame.querySelectorAll("[data-stage]")) {
    part.onclick = () => choose(Number(part.dataset.stage));
  }
  for (const stage of stages) {
    stage.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(Number(stage.dataset.stage));
    };
  }
  mark(data.selected);
}
