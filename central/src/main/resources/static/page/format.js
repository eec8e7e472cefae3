// Texts and numbers in the page's language.

const texts = JSON.parse(document.getElementById('texts').textContent);
const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0, useGrouping: 'always' });
const fine = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3, useGrouping: 'always' });
const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' });

/** A text with its values; of those that have a form for one, the one for values.n. */
export function text(key, values = {}) {
	const form = key + '.' + ('n' in values ? plural.select(Number(values.n)) : 'other');
	const found = texts[form] ?? texts[key] ?? texts[key + '.other'] ?? key;
	return found.replace(/\{(\w+)\}/g, (_, name) =>
		typeof values[name] === 'number' ? whole.format(values[name]) : values[name]);
}

export const number = (value) => value === null ? '–' : whole.format(value);

/** Three digits at most, unless it is large. */
export const short = (value) => value === null ? '–' : value >= 1000 ? whole.format(value) : fine.format(value);

export const time = (date) => clock.format(date);

export const dateAndTime = (date) => day.format(date);

export function ago(then, now) {
	const seconds = Math.max(0, Math.round((now - then) / 1000));
	if (seconds < 2) {
		return text('ago.now');
	}
	return seconds < 60 ? text('ago.seconds', { n: seconds })
		: seconds < 3600 ? text('ago.minutes', { n: Math.floor(seconds / 60) })
			: text('ago.hours', { n: Math.floor(seconds / 3600) });
}

/** Changes the document only where something is new: an unchanged text costs nothing. */
export function put(element, value) {
	if (element.textContent !== value) {
		element.textContent = value;
	}
}

export function element(name, className, content) {
	const made = document.createElement(name);
	if (className) {
		made.className = className;
	}
	if (content !== undefined) {
		made.textContent = content;
	}
	return made;
}
