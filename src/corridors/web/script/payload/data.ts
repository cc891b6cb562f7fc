/* All that the page shows, as it travels in the page. */

export const data = JSON.parse(document.getElementById("corridors-data").textContent);
