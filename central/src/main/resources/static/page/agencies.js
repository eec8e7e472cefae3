// The table of agencies: a thousand of them, of which only what changed is touched.

import { ago, element, moment, number, put, short, text } from './format.js';

/** In the order in which they want attention. */
const STATES = ['stuck', 'missing', 'sending', 'finished'];
const PRESENCE = ['gone', null, 'connected', 'done'];
const MOST = 1000;

const KEYS = {
	agency: (row) => row.agency,
	state: (row) => STATES.indexOf(row.state),
	bets: (row) => row.bets,
	rate: (row) => row.betsPerSecond ?? -1,
	presence: (row) => PRESENCE.indexOf(row.presence),
	quiet: (row) => row.quietSince ? Date.parse(row.quietSince) : Infinity,
	winners: (row) => row.winners ?? -1,
};
/** Where the interesting end is the large one. */
const FALLING = new Set(['bets', 'rate', 'winners']);

const get = (id) => document.getElementById(id);

export class Agencies {

	#rows = new Map();
	#lines = new Map();
	#body = get('table').tBodies[0];
	#sort = 'state';
	#falling = false;
	#filter = 'all';
	#snapshot;
	#scale = 1;

	constructor() {
		get('search').addEventListener('input', () => this.#arrange());
		get('table').querySelectorAll('th').forEach((head) =>
			head.firstElementChild.addEventListener('click', () => this.#sortBy(head.dataset.sort)));
		['all', ...STATES].forEach((state) => {
			const button = element('button', state);
			button.type = 'button';
			button.dataset.filter = state;
			button.setAttribute('aria-pressed', String(state === 'all'));
			button.append(element('span', 'mark'), element('span', '', text(state)), element('b'));
			button.addEventListener('click', () => this.#filterBy(state));
			get('filters').append(button);
			if (state !== 'all') {
				const entry = element('li', state);
				entry.append(element('span', 'mark'), element('span', '', text(state)), element('b'));
				get('legend').append(entry);
			}
		});
	}

	/** Forgets all: what comes next is everything. */
	begin() {
		this.#rows.clear();
	}

	show(snapshot) {
		this.#snapshot = snapshot;
		snapshot.rows.forEach((row) => this.#rows.set(row.agency, row));
		const drawn = snapshot.state === 'drawn';
		get('table').classList.toggle('drawn', drawn);
		this.#count(snapshot);
		this.#arrange();
	}

	/** Those rows, by agency. */
	which(wanted) {
		return [...this.#rows.values()].filter(wanted).sort((a, b) => a.agency - b.agency);
	}

	#count(snapshot) {
		const counts = { all: this.#rows.size, missing: 0, stuck: 0, sending: 0, finished: 0 };
		let most = 1;
		for (const row of this.#rows.values()) {
			counts[row.state]++;
			most = Math.max(most, row.bets);
		}
		this.#scale = round(most);
		const { expected, listed, seen } = snapshot.agencies;
		for (const button of get('filters').children) {
			put(button.lastElementChild, number(counts[button.dataset.filter]));
			button.hidden = button.dataset.filter === 'missing' && !listed;
		}
		for (const entry of get('legend').children) {
			const state = entry.classList[0];
			const count = state === 'missing' ? snapshot.agencies.missing : counts[state];
			put(entry.lastElementChild, number(count));
			entry.hidden = count === 0;
		}
		const bar = get('progress');
		const whole = Math.max(expected, seen, 1);
		for (const part of bar.children) {
			part.style.width = 100 * counts[part.className] / whole + '%';
		}
		bar.setAttribute('aria-label', text(snapshot.state) + ': ' + ['finished', 'sending', 'stuck']
			.map((state) => text(state) + ' ' + number(counts[state])).join(', ') + '; ' + text('missing') + ' '
			+ number(snapshot.agencies.missing));
		const toCome = listed || snapshot.state === 'drawn' ? 0 : expected - seen;
		get('to-come').hidden = toCome <= 0;
		put(get('to-come'), toCome > 0 ? text('toCome', { n: toCome }) : '');
	}

	/** Puts the rows that are wanted in their order, and moves only those that are elsewhere. */
	#arrange() {
		const wanted = get('search').value.trim();
		const key = KEYS[this.#sort];
		const sign = this.#falling ? -1 : 1;
		const found = [...this.#rows.values()]
			.filter((row) => (this.#filter === 'all' || row.state === this.#filter)
				&& String(row.agency).includes(wanted))
			.sort((a, b) => sign * (key(a) - key(b) || 0) || a.agency - b.agency);
		const shown = found.slice(0, MOST);
		const now = new Date(this.#snapshot?.at ?? 0);
		const keep = new Set();
		shown.forEach((row, i) => {
			const line = this.#line(row, now);
			keep.add(row.agency);
			if (this.#body.rows[i] !== line) {
				this.#body.insertBefore(line, this.#body.rows[i] ?? null);
			}
		});
		for (const agency of this.#lines.keys()) {
			if (!keep.has(agency)) {
				this.#lines.get(agency).line.remove();
				this.#lines.delete(agency);
			}
		}
		const all = found.length + (this.#filter === 'all' && !wanted ? this.#snapshot?.unlisted ?? 0 : 0);
		put(get('shown'), this.#rows.size === 0 ? text('noAgencies') : found.length === 0 ? text('noMatch')
			: shown.length < all ? text('shownOf', { shown: shown.length, n: all }) : text('shown', { n: all }));
	}

	#line(row, now) {
		let known = this.#lines.get(row.agency);
		if (!known) {
			known = { line: made(row.agency), row: null, scale: 0 };
			this.#lines.set(row.agency, known);
		}
		const { line } = known;
		const [, state, bets, rate, presence, quiet, winners] = line.cells;
		if (known.row !== row || known.scale !== this.#scale) {
			if (state.className !== row.state) {
				state.className = row.state;
			}
			put(state.lastElementChild, text(row.state));
			put(bets.lastElementChild, number(row.bets));
			const width = Math.min(100, 100 * row.bets / this.#scale) + '%';
			if (known.width !== width) {
				bets.firstElementChild.firstElementChild.style.width = width;
				known.width = width;
			}
			put(rate, row.betsPerSecond ? short(row.betsPerSecond) : '–');
			put(winners, number(row.winners));
			known.row = row;
			known.scale = this.#scale;
		}
		this.#tellPresence(presence, row, now);
		const before = row.quietSince && row.quietSince === this.#snapshot.started;
		put(quiet, row.quietSince ? text(before ? 'ago.before' : 'ago.just', { ago: ago(new Date(row.quietSince), now) }) : '–');
		return line;
	}

	#tellPresence(cell, row, now) {
		const { presence } = row;
		cell.firstElementChild.classList.toggle('gone', presence === 'gone');
		const since = row.since ? moment(new Date(row.since), now) : '';
		put(cell.firstElementChild, presence ? text('presence.' + presence + (since ? '.since' : ''), { time: since }) : '–');
		put(cell.children[1], row.address ? row.address + ' · ' + row.dialect : '');
		put(cell.children[2], row.refusal ? text('refusedLast', { reason: text('reason.' + row.refusal),
			ago: ago(new Date(row.refusedAt), now) }) : '');
	}

	#sortBy(key) {
		this.#falling = this.#sort === key ? !this.#falling : FALLING.has(key);
		this.#sort = key;
		get('table').querySelectorAll('th').forEach((head) => {
			if (head.dataset.sort === key) {
				head.setAttribute('aria-sort', this.#falling ? 'descending' : 'ascending');
			}
			else {
				head.removeAttribute('aria-sort');
			}
		});
		this.#arrange();
	}

	#filterBy(state) {
		this.#filter = state;
		for (const button of get('filters').children) {
			button.setAttribute('aria-pressed', String(button.dataset.filter === state));
		}
		this.#arrange();
	}

}

function made(agency) {
	const line = element('tr');
	const head = element('th', '', String(agency));
	head.scope = 'row';
	const state = element('td');
	state.append(element('span', 'mark'), element('span'));
	const bets = element('td', 'number bets');
	const track = element('i', 'track');
	track.append(element('i', 'bar'));
	bets.append(track, element('span'));
	const presence = element('td', 'presence');
	presence.append(element('span'), element('small'), element('small', 'refusal'));
	line.append(head, state, bets, element('td', 'number rate'), presence, element('td', 'number quiet'), element('td', 'number won'));
	return line;
}

/** The next of 1, 2, 5, 10, …: a scale that seldom changes. */
function round(value) {
	const power = 10 ** Math.floor(Math.log10(value));
	return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}
