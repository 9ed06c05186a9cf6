/** The Metrics view: the rollups of the company that is chosen. */
import { call } from './call.js';
import { element, moment } from './element.js';
import { drawSeries, drawTable, drawWarning, seriesOf } from './metricsRows.js';

const NONE_YET =
	'No rollup of this company yet. Run the workflow “Roll up the figures of companies” in n8n.';

/** `update` takes the companies of the state; null where the state store is not prepared. */
export function metricsView(byId, notPrepared) {
	const choice = byId('metrics-company');
	let companies;
	let offered;
	let drawn;

	function offer() {
		const choices = companies ?? [];
		const version = JSON.stringify(choices.map(({ id }) => id).sort());
		if (offered === version) return;
		offered = version;
		const chosen = choice.value;
		choice.replaceChildren(
			...choices.map(({ id, name }) => element('option', { value: id }, name)),
		);
		if (choices.some(({ id }) => id === chosen)) choice.value = chosen;
	}

	async function draw() {
		const company = companies?.find(({ id }) => id === choice.value);
		const version = JSON.stringify([companies !== null, company?.id, company?.latestAt]);
		if (drawn === version) return;
		const rollups = company?.latestAt
			? await call(`rollups?company=${encodeURIComponent(company.id)}`)
			: [];
		drawn = version;
		drawRollups(rollups);
	}

	function drawRollups(rollups) {
		const series = seriesOf(rollups);
		const isEmpty = series.length === 0;
		const latest = rollups.at(-1);
		byId('metrics-note').textContent = latest ? `Latest rollup: ${moment(latest.takenAt)}.` : '';
		byId('metrics-warnings').replaceChildren(...(latest?.rollup.warnings ?? []).map(drawWarning));
		byId('metrics').replaceChildren(
			...(isEmpty
				? [element('p.empty', {}, companies ? NONE_YET : notPrepared)]
				: series.map(drawSeries)),
		);
		byId('metrics-table').replaceChildren(...(isEmpty ? [] : [drawTable(rollups, series)]));
		byId('metrics-as-table').hidden = isEmpty;
	}

	choice.addEventListener('change', draw);
	return {
		async update(found) {
			companies = found;
			offer();
			await draw();
		},
	};
}
