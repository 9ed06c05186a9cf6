/** One view at a time, by the part of the address after `#`, so that a view has an address. */
const views = [...document.querySelectorAll('.view')];

function showView() {
	const wanted = views.find(({ dataset }) => `#${dataset.view}` === location.hash) ?? views[0];
	for (const view of views) view.hidden = view !== wanted;
	for (const link of document.querySelectorAll('nav a')) {
		const isCurrent = link.hash === `#${wanted.dataset.view}`;
		if (isCurrent) link.setAttribute('aria-current', 'page');
		else link.removeAttribute('aria-current');
	}
	scrollTo(0, 0);
}

addEventListener('hashchange', showView);
showView();
