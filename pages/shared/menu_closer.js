// Closes the menu after a choice where it lies over the page: Streamlit does so itself only for a phone's browser.

let shown = null;

// On a narrow page Streamlit closes its menu on a press beside it; on a wide one, such a press does nothing to it.
function pressBeside(element) {
  element.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, composed: true }));
}

export default function ({ data, parentElement }) {
  if (shown !== null && shown !== data.page) pressBeside(parentElement.querySelector(".beside-the-menu"));
  shown = data.page;
}
