// The state of the draw, its figures, its result, and what this central refuses.

import { ago, dateAndTime, element, number, put, text } from './format.js';

const NAMED = 6;
const get = (id) => document.getElementById(id);

export class Summary {

	#announce;
	#state = null;

	constructor(announce) {
		this.#announce = announce;
		document.querySelectorAll('[data-copy]').forEach((button) =>
			button.addEventListener('click', () => this.#copy(button)));
	}

	/**
	 * @param missing the agencies of which nothing has come
	 */
	show(snapshot, missing) {
		const { agencies, result, state } = snapshot;
		put(get('draw'), text('draw', { name: snapshot.name, number: String(snapshot.winningNumber).padStart(4, '0') }));
		put(get('state'), text(state));
		document.body.dataset.state = state;
		const waiting = missing.length > 0 && !result ? ' ' + names(missing, agencies.missing) : '';
		const sentence = text(state + '.text', { finished: agencies.finished, expected: agencies.expected, bets: snapshot.bets,
			agencies: result?.agencies, time: result ? dateAndTime(new Date(result.instant)) : '' }) + waiting;
		put(get('sentence'), sentence);
		document.title = text(state) + ' – ' + number(snapshot.bets);
		put(get('problem'), snapshot.problem ? text('problem', { problem: snapshot.problem }) : '');
		put(get('bets'), number(snapshot.bets));
		put(get('rate'), number(snapshot.betsPerSecond));
		put(get('finished'), number(agencies.finished));
		put(get('expected'), text('ofExpected', { n: agencies.expected }));
		put(get('open'), number(snapshot.connections.open));
		put(get('max'), text('ofMax', { n: snapshot.connections.max }));
		put(get('refused'), number(snapshot.refusals.reduce((sum, refusal) => sum + refusal.count, 0)));
		this.#result(result);
		this.#central(snapshot);
		if (this.#state !== null && this.#state !== state) {
			this.#announce(text(state) + '. ' + sentence);
		}
		this.#state = state;
	}

	#result(result) {
		get('result').hidden = !result;
		if (result) {
			put(get('winners'), number(result.winners));
			put(get('hash'), result.sha256);
			put(get('command'), result.verify);
		}
	}

	#central(snapshot) {
		const now = new Date(snapshot.at);
		list(get('dialects'), Object.entries(snapshot.connections.byDialect).map(([dialect, open]) =>
			[dialect, number(open)]));
		list(get('refusals'), snapshot.refusals.map((refusal) => [text('reason.' + refusal.reason), number(refusal.count),
			refusal.last ? ago(new Date(refusal.last), now) : refusal.reason]), text('noRefusals'));
		list(get('limits'), snapshot.limits.map((limit) => [limit.setting, text('limit.' + limit.kind, { n: limit.value })]),
			text('noLimits'));
	}

	async #copy(button) {
		const source = get(button.dataset.copy);
		const copied = await copy(source);
		const before = button.dataset.label ??= button.textContent;
		button.textContent = text(copied ? 'copied' : 'notCopied');
		this.#announce(button.textContent);
		clearTimeout(button.timer);
		button.timer = setTimeout(() => {
			button.textContent = before;
			put(document.getElementById('announcement'), '');
		}, 2500);
	}

}

/** The clipboard is there for https and localhost only; elsewhere the old way. */
async function copy(source) {
	if (navigator.clipboard) {
		try {
			await navigator.clipboard.writeText(source.textContent);
			return true;
		}
		catch {
			// refused: the old way
		}
	}
	getSelection().selectAllChildren(source);
	return document.execCommand('copy');
}

/** Of pairs or triples; of elements that are there already only the texts change. */
function list(parent, entries, none) {
	const wanted = entries.length > 0 ? entries : [[none, '']];
	while (parent.children.length > wanted.length) {
		parent.lastElementChild.remove();
	}
	wanted.forEach(([name, value, note], i) => {
		let row = parent.children[i];
		if (!row) {
			row = element('div');
			const term = element('dt');
			term.append(element('span'), element('small'));
			row.append(term, element('dd'));
			parent.append(row);
		}
		put(row.firstElementChild.firstElementChild, name);
		put(row.firstElementChild.lastElementChild, note ?? '');
		put(row.lastElementChild, value);
	});
}

/** The first of them as ranges, for a sentence. */
function names(agencies, all) {
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
	return all > named ? text('missingMore', { names: list, n: all - named }) : text('missingNames', { names: list });
}
