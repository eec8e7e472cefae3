// The state of the draw, its figures, its result, and what this central refuses.

import { ago, dateAndTime, element, lasting, moment, names, number, put, size, text } from './format.js';

const get = (id) => document.getElementById(id);

export class Summary {

	#announce;
	#head = null;
	#events = [];

	constructor(announce) {
		this.#announce = announce;
		document.querySelectorAll('[data-copy]').forEach((button) =>
			button.addEventListener('click', () => this.#copy(button)));
	}

	show(snapshot, agencies) {
		const { result, state, problem } = snapshot;
		const { expected, finished, stuck } = snapshot.agencies;
		const now = new Date(snapshot.at);
		put(get('draw'), text('draw', { name: snapshot.name, number: String(snapshot.winningNumber).padStart(4, '0') }));
		const calm = !problem && (state === 'collecting' && stuck > 0);
		const head = problem ? text(problem.kind === 'draw_failed' ? 'draw_failed' : 'no_bets')
			: calm ? text('stuckHead', { n: stuck }) : text(state);
		put(get('state'), head);
		document.body.dataset.state = problem ? 'problem' : calm ? 'stuck' : state;
		const progress = text(state + '.text', { finished, expected, bets: snapshot.bets, agencies: result?.agencies,
			time: result ? dateAndTime(new Date(result.instant)) : '' });
		const { free, minFree } = snapshot.disk;
		const why = problem ? text('problem.' + problem.kind, { detail: problem.detail, free: size(free), min: size(minFree) }) : '';
		put(get('sentence'), problem ? why : progress);
		const attention = this.#attention(snapshot, agencies, now);
		lines(get('attention'), problem ? [progress, ...attention] : attention);
		document.title = head + ' – ' + number(snapshot.bets);
		put(get('bets'), number(snapshot.bets));
		put(get('rate'), number(snapshot.betsPerSecond));
		put(get('finished'), number(finished));
		put(get('expected'), text('ofExpected', { n: expected }));
		put(get('open'), number(snapshot.connections.open));
		put(get('max'), text('ofMax', { n: snapshot.connections.max }));
		put(get('refused'), number(snapshot.refusals.reduce((sum, refusal) => sum + refusal.count, 0)));
		put(get('disk'), free === null ? text('database') : size(free));
		put(get('min-free'), free === null ? '' : text('minFree', { min: size(minFree) }));
		put(get('uptime'), lasting(new Date(snapshot.started), now));
		put(get('started'), text('since', { time: moment(new Date(snapshot.started), now) }));
		this.#result(result);
		this.#central(snapshot);
		this.#happened(snapshot, now);
		if (this.#head !== null && this.#head !== head) {
			this.#announce(head + '. ' + (problem ? why : progress));
		}
		this.#head = head;
	}

	/** For whom the draw waits, who went without its winners, and what to do. */
	#attention(snapshot, agencies, now) {
		const missing = agencies.which((row) => row.state === 'missing' && !snapshot.result);
		const still = agencies.which((row) => row.state === 'stuck' && row.presence !== 'gone' && !snapshot.result);
		const gone = agencies.which((row) => row.state !== 'missing' && row.presence === 'gone');
		return [
			missing.length > 0 && text('missingNames', { names: names(numbers(missing), snapshot.agencies.missing) }),
			still.length > 0 && text('stuckNames', { n: still.length, names: names(numbers(still)), ago: earliest(still, 'quietSince', now) }),
			gone.length > 0 && text('goneNames', { n: gone.length, names: names(numbers(gone)), ago: earliest(gone, 'since', now, 'ago.first') }),
		].filter(Boolean);
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
		list(get('limits'), snapshot.limits.map((limit) => [limit.setting,
			text(limit.lowered ? 'limit.lowered' : 'limit.reached', { n: limit.value }), undefined, limit.lowered ? 'lowered' : '']),
		text('noLimits'));
	}

	#happened(snapshot, now) {
		this.#events = snapshot.events ?? this.#events;
		lines(get('events'), this.#events.map((event) => {
			const key = 'event.' + event.kind + (event.kind === 'went' || event.detail === 'draw_failed' ? '.' + event.detail : '');
			const what = text(event.kind === 'refused' && event.agency === null ? 'event.refused.unknown' : key, { agency: String(event.agency),
				where: event.address ? event.address + ' · ' + event.dialect : '', n: event.count,
				reason: event.detail ? text('reason.' + event.detail) : '' });
			return moment(new Date(event.at), now) + '\u2002' + what;
		}));
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
	wanted.forEach(([name, value, note, kind], i) => {
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
		row.className = kind ?? '';
	});
}

const numbers = (rows) => rows.map((row) => row.agency);

function earliest(rows, key, now, several = 'ago.just') {
	const times = rows.filter((row) => row[key]).map((row) => Date.parse(row[key]));
	return times.length === 0 ? text('ago.start')
		: text(rows.length > 1 ? several : 'ago.just', { ago: ago(new Date(Math.min(...times)), now) });
}

/** Of elements that are there already only the texts change. */
function lines(parent, texts) {
	while (parent.children.length > texts.length) {
		parent.lastElementChild.remove();
	}
	texts.forEach((each, i) => put(parent.children[i] ?? parent.appendChild(element('li')), each));
}
