// Runs before the page is drawn: pages work without a script, and look different with one.
document.documentElement.classList.add("js");
