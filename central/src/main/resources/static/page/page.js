// Keeps the page up to date with the events of the central.

import { Agencies } from './agencies.js';
import { Charts } from './charts.js';
import { put, text, time, zone } from './format.js';
import { Summary } from './summary.js';

/** Longer silence means that the central is gone, whatever the connection says. */
const SILENCE = 5000;
const AGAIN = 2000;

const link = document.getElementById('link');
const linkText = document.getElementById('link-text');
const banner = document.getElementById('banner');
const announcement = document.getElementById('announcement');

const announce = (message) => put(announcement, message);
const summary = new Summary(announce);
const charts = new Charts();
const agencies = new Agencies();

let source;
let lastHeard = Date.now();
let lastNews = null;
let timer;

function connect() {
	clearTimeout(timer);
	source?.close();
	lastHeard = Date.now();
	source = new EventSource('live');
	source.addEventListener('all', (event) => {
		const { snapshot, history } = JSON.parse(event.data);
		charts.begin(history, snapshot);
		agencies.begin();
		show(snapshot);
	});
	source.addEventListener('change', (event) => {
		const snapshot = JSON.parse(event.data);
		charts.add(snapshot);
		show(snapshot);
	});
	source.addEventListener('full', (event) => {
		lastHeard = Date.now();
		tell('full', text('full'), text('fullBanner', { n: Number(event.data) }));
	});
	source.addEventListener('error', () => {
		if (link.dataset.link !== 'full' || Date.now() - lastHeard > SILENCE) {
			gone();
		}
		if (source.readyState === EventSource.CLOSED) {
			clearTimeout(timer);
			timer = setTimeout(connect, AGAIN);
		}
	});
}

function show(snapshot) {
	const at = new Date(snapshot.at);
	if (link.dataset.link === 'gone') {
		announce(text('back'));
	}
	lastHeard = Date.now();
	lastNews = at;
	tell('live', text('asOf', { time: time(at) + ' ' + zone }), '');
	agencies.show(snapshot);
	summary.show(snapshot, agencies);
}

function gone() {
	tell('gone', text('gone'), lastNews ? text('goneBanner', { time: time(lastNews) }) : text('gone'));
}

function tell(state, short, long) {
	link.dataset.link = state;
	document.body.classList.toggle('stale', state === 'gone');
	put(linkText, short);
	put(banner, long);
}

// A browser has six connections to a central for all its tabs: a hidden one needs none.
document.addEventListener('visibilitychange', () => {
	if (document.hidden) {
		clearTimeout(timer);
		source?.close();
	}
	else {
		connect();
	}
});

setInterval(() => {
	if (!document.hidden && link.dataset.link !== 'full' && Date.now() - lastHeard > SILENCE) {
		gone();
		connect();
	}
}, 1000);
if (!document.hidden) {
	connect();
}
