// Three charts of the last quarter of an hour, each with its numbers in a table.

import { element, put, number, short, text, time, zone } from './format.js';

const POINTS = 900;
/** A pause longer than this, in seconds, is a gap in the line. */
const GAP = 5;
const NARROWEST = 60;
const HEIGHT = 132;
/** Steps of an axis on which there are no halves. */
const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
const ms = (value) => value === null ? '–' : short(value) + ' ms';

export class Charts {

	#points = [];
	#starts = [];
	#charts = [
		new Chart('chart-bets', ['bets'], (value) => value === null ? '–' : text('unit.bets', { n: number(value) }), true),
		new Chart('chart-commit', ['p99', 'mean'], ms, false),
		new Chart('chart-queue', ['queue'], (value) => value === null ? '–' : text('unit.batches', { n: number(value) }), true),
	];

	/** What was seen of a central before this one started is kept. */
	begin(history, snapshot) {
		const started = Date.parse(snapshot.started) / 1000;
		const from = history.at(-1)?.at - POINTS;
		this.#points = this.#points.filter((point) => point.at < started && point.at > from).concat(history);
		if (!this.#starts.includes(started)) {
			this.#starts.push(started);
		}
		this.#starts = this.#starts.filter((at) => at > from);
		this.#show();
	}

	add(snapshot) {
		const at = Date.parse(snapshot.at) / 1000;
		if (at <= this.#points.at(-1)?.at) {
			return;
		}
		this.#points.push({ at, bets: snapshot.betsPerSecond,
			mean: snapshot.commits.meanMillis, p99: snapshot.commits.p99Millis, queue: snapshot.commits.queue });
		while (this.#points[0].at < at - POINTS) {
			this.#points.shift();
		}
		this.#show();
	}

	#show() {
		const points = withGaps(this.#points);
		this.#charts.forEach((chart) => chart.show(points, this.#starts));
	}

}

function withGaps(points) {
	const all = [];
	points.forEach((point, i) => {
		if (i > 0 && point.at - points[i - 1].at > GAP) {
			all.push({ at: points[i - 1].at + 1, bets: null, mean: null, p99: null, queue: null });
		}
		all.push(point);
	});
	return all;
}

class Chart {

	#card;
	#keys;
	#format;
	#counts;
	#plot = null;
	#points = [];
	#starts = [];

	constructor(id, keys, format, counts) {
		this.#card = document.getElementById(id);
		this.#keys = keys;
		this.#format = format;
		this.#counts = counts;
		this.#card.querySelector('details').addEventListener('toggle', () => this.#table());
		const heads = element('tr');
		[text('time', { zone }), ...keys.map((key) => keys.length > 1 ? text(key) : this.#title())].forEach((head) => {
			const cell = element('th', '', head);
			cell.scope = 'col';
			heads.append(cell);
		});
		this.#card.querySelector('thead').append(heads);
		// colours and widths are the style sheet's, and may change at any time
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
		new ResizeObserver(() => this.#resize()).observe(this.#area());
	}

	show(points, starts) {
		this.#points = points;
		this.#starts = starts;
		if (this.#plot) {
			this.#plot.setData(this.#data());
		}
		else {
			this.#draw();
		}
		this.#tell(points.length - 1);
		this.#table();
	}

	#title() {
		return this.#card.querySelector('h2').textContent;
	}

	#area() {
		return this.#card.querySelector('.plot');
	}

	#data() {
		return [this.#points.map((point) => point.at),
			...this.#keys.map((key) => this.#points.map((point) => point[key]))];
	}

	/** What was at one point; the last one unless somebody points at another. */
	#tell(index) {
		const point = this.#points[index];
		if (!point) {
			return;
		}
		const now = this.#keys.map((key) => this.#format(point[key]));
		put(this.#card.querySelector('.value'), now.length > 1 ? '' : now[0]);
		this.#card.querySelectorAll('.keys li').forEach((entry, i) =>
			put(entry, now[i] === '–' ? text(this.#keys[i]) : text(this.#keys[i]) + ': ' + now[i]));
		const values = this.#points.map((each) => each[this.#keys[0]]).filter((value) => value !== null);
		this.#area().setAttribute('aria-label', text('chartLabel', { title: this.#title(), now: now[0],
			max: this.#format(values.length > 0 ? Math.max(...values) : null) }));
	}

	#table() {
		const details = this.#card.querySelector('details');
		const body = this.#card.querySelector('tbody');
		if (!details.open) {
			body.replaceChildren();
			return;
		}
		const points = this.#points.filter((point) => point.queue !== null).reverse();
		while (body.rows.length > points.length) {
			body.lastElementChild.remove();
		}
		points.forEach((point, i) => {
			let line = body.rows[i];
			if (!line) {
				line = element('tr');
				line.append(...[0, ...this.#keys].map(() => element('td')));
				body.append(line);
			}
			put(line.cells[0], time(new Date(point.at * 1000)));
			this.#keys.forEach((key, k) => put(line.cells[k + 1], this.#format(point[key])));
		});
	}

	/** A line where the central started. */
	#mark(plot, colour) {
		const { ctx, bbox } = plot;
		for (const at of this.#starts) {
			const x = Math.round(plot.valToPos(at, 'x', true));
			if (x < bbox.left || x > bbox.left + bbox.width) {
				continue;
			}
			ctx.save();
			ctx.strokeStyle = ctx.fillStyle = colour;
			ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
			ctx.beginPath();
			ctx.moveTo(x, bbox.top);
			ctx.lineTo(x, bbox.top + bbox.height);
			ctx.stroke();
			ctx.font = 11 * devicePixelRatio + 'px ' + getComputedStyle(this.#area()).fontFamily;
			const left = x > bbox.left + bbox.width / 2;
			ctx.textAlign = left ? 'right' : 'left';
			ctx.textBaseline = 'top';
			ctx.fillText(text('started'), x + (left ? -5 : 5) * devicePixelRatio, bbox.top);
			ctx.restore();
		}
	}

	#resize() {
		const { width } = this.#area().getBoundingClientRect();
		if (this.#plot && width > 0) {
			this.#plot.setSize({ width, height: HEIGHT });
		}
	}

	#draw() {
		const area = this.#area();
		const style = getComputedStyle(area);
		const colour = (name) => style.getPropertyValue(name).trim();
		this.#plot?.destroy();
		const axis = { stroke: colour('--muted'), font: '11px ' + style.fontFamily, ticks: { show: false }, gap: 6 };
		const strokes = [colour('--line-1'), colour('--line-2')];
		this.#plot = new uPlot({
			width: Math.max(area.getBoundingClientRect().width, 100),
			height: HEIGHT,
			padding: [8, 6, 0, 0],
			legend: { show: false },
			cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
			scales: {
				x: { range: (plot, from, to) => [Math.min(from ?? 0, (to ?? 0) - NARROWEST), to ?? 1] },
				y: { range: (plot, from, to) => [0, Math.max(1, (to ?? 0) * 1.15)] },
			},
			axes: [
				{ ...axis, grid: { show: false }, size: 26, space: 90,
					values: (plot, splits) => splits.map((at) => time(new Date(at * 1000))) },
				{ ...axis, size: 46, space: 34, label: text('axis.' + this.#keys[0]), labelSize: 18, labelGap: 0, labelFont: axis.font, incrs: this.#counts ? WHOLE : undefined, grid: { stroke: colour('--rule'), width: 1 },
					values: (plot, splits) => splits.map((value) => compact(value)) },
			],
			series: [{}, ...this.#keys.map((key, i) => ({
				stroke: strokes[i], width: 2, dash: i > 0 ? [5, 4] : undefined, points: { show: false },
				fill: this.#counts ? colour('--fill-1') : undefined,
			}))],
			hooks: { draw: [(plot) => this.#mark(plot, colour('--muted'))], setCursor: [(plot) => this.#tell(plot.cursor.idx ?? this.#points.length - 1)] },
		}, this.#data(), area);
	}

}

/** For the axis, where there is little room. */
function compact(value) {
	return value >= 10000 ? short(value / 1000) + ' k' : short(value);
}
