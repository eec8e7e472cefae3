// Texts and numbers in the page's language.

const texts = JSON.parse(document.getElementById('texts').textContent);
const lang = document.documentElement.lang;
const NAMED = 6;
const plural = new Intl.PluralRules(lang);
const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0, useGrouping: 'always' });
const fine = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3, useGrouping: 'always' });
const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const shortDay = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'long', hourCycle: 'h23' });

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

/** Of the browser, as it is called there: UTC-3. */
export const zone = new Intl.DateTimeFormat(lang, { hour: '2-digit', timeZoneName: 'short' })
	.formatToParts(new Date()).find((part) => part.type === 'timeZoneName').value;

/** As short as it can be told from others: the day where it is another one. */
export const moment = (date, now) =>
	now - date < 20 * 3600_000 ? clock.format(date) : shortDay.format(date);

/** In the unit that leaves three digits. */
export function size(bytes) {
	if (bytes === null || bytes < 0) {
		return '–';
	}
	const power = Math.min(4, Math.max(0, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024))));
	return fine.format(bytes / 1024 ** power) + ' ' + ['B', 'kB', 'MB', 'GB', 'TB'][power];
}

export function lasting(from, to) {
	const seconds = Math.max(0, Math.floor((to - from) / 1000));
	const parts = [[86400, 'days'], [3600, 'hours'], [60, 'minutes'], [1, 'seconds']];
	const first = Math.max(0, parts.findIndex(([unit]) => seconds >= unit));
	return (seconds === 0 ? [[1, 'seconds']] : parts.slice(first, Math.min(first, 2) + 2))
		.map(([unit, name], i) => text('lasting.' + name, { n: Math.floor((i === 0 ? seconds : seconds % parts[first][0]) / unit) })).join(' ');
}

/** The first of them as ranges, for a sentence. */
export function names(agencies, all = agencies.length) {
	const ranges = [];
	for (const agency of agencies) {
		const last = ranges.at(-1);
		if (last && last[1] === agency - 1) {
			last[1] = agency;
		}
		else {
			ranges.push([agency, agency]);
		}
	}
	const first = ranges.slice(0, NAMED);
	const named = first.reduce((sum, [from, to]) => sum + to - from + 1, 0);
	const list = first.map(([from, to]) => to > from + 1 ? from + '–' + to : to > from ? from + ', ' + to : from).join(', ');
	return all > named ? text('more', { names: list, n: all - named }) : list;
}

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
