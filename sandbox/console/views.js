/**
 * One view at a time, by the part of the address after `#`, so that a view has an address. What comes
 * after a slash is the view's own.
 */
const views = [...document.querySelectorAll('.view')];

function showView() {
	const [name] = location.hash.slice(1).split('/');
	const wanted = views.find(({ dataset }) => dataset.view === name) ?? views[0];
	for (const view of views) view.hidden = view !== wanted;
	for (const link of document.querySelectorAll('nav a')) {
		const isCurrent = link.hash === `#${wanted.dataset.view}`;
		if (isCurrent) link.setAttribute('aria-current', 'page');
		else link.removeAttribute('aria-current');
		if (isCurrent) link.scrollIntoView({ inline: 'center', block: 'nearest' });
	}
	scrollTo(0, 0);
}

addEventListener('hashchange', showView);
showView();
