// Draws the charts of a publication so that they answer to the pointer. Until then, on paper, and wherever this does
// not work, their pictures stand. vl-convert puts Vega-Embed, Vega-Lite and Vega before it; `ast` has Vega's own
// interpreter compute expressions, as the page's policy forbids to make code of texts.
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const options = {
  actions: false,
  ast: true,
  defaultStyle: false,
  mode: "vega-lite",
  renderer: "svg",
  tooltip: { theme: dark ? "dark" : "light" },
};

async function draw(figure, specification) {
  const picture = figure.querySelector(".picture");
  const chart = document.createElement("div");
  chart.className = "live";
  picture.after(chart);
  try {
    await vegaEmbed(chart, specification, options);
    figure.classList.add("drawn");
  } catch (error) {
    chart.remove();
    console.warn(`The chart ${figure.dataset.chart} stays a picture.`, error);
  }
}

async function drawWhatIsSeen() {
  const answer = await fetch(document.querySelector("script[data-charts]").dataset.charts);
  if (!answer.ok) return;
  const charts = await answer.json();
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        draw(target, charts[target.dataset.chart]);
      }
    },
    { rootMargin: "600px" },
  );
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    if (charts[figure.dataset.chart]) seen.observe(figure);
  }
}

drawWhatIsSeen();
