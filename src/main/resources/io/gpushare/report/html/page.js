// The page's script: these files stand behind one another in one function, in the order that Assets gives them.

const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const dataOf = id => JSON.parse(document.getElementById(id).textContent);
const redraws = new Set();

// Numbers as everywhere on the page.
const number = value => {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (size > 0 && size < 0.1) return String(Number(value.toPrecision(3)));
  return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
};

const mark = value => String(Number(value.toPrecision(4)));

// A colour of the style sheet, resolved for the theme that is on.
const probe = make('span');
probe.hidden = true;
document.body.append(probe);
const colour = name => {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
};
const modeColour = style => {
  probe.className = style;
  const found = colour('mode');
  probe.className = '';
  return found;
};
const faded = (rgb, alpha) => rgb.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${alpha})`);
