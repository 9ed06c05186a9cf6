/** The Messages view: a phone in the hands of a person who writes to a Page. */
import { call } from './call.js';
import { drawThread } from './chat.js';
import { element } from './element.js';

const CHANNELS = { facebook: 'Messenger', instagram: 'Instagram' };

const GRAPH_SAID = {
	limits: 'Graph refuses the next message: too many calls.',
	fails: 'Graph fails on the next message.',
	loses: 'Graph sends the next message, and its answer is lost.',
};

/**
 * Runs the phone and the buttons beside it; `act` runs what a button does. `update` takes the state,
 * and what concerns the chosen conversation can be read from the rest.
 */
export function messenger(byId, act) {
	const [person, account] = [byId('chat-person'), byId('chat-account')];
	const channels = [...document.querySelectorAll('[name="channel"]')];
	const channel = () => channels.find(({ checked }) => checked).value;
	const place = () => ({ channel: channel(), account: account.value, person: person.value });
	let messages;
	let drawn;

	const post = (name, body) =>
		act('chat-said', async () => {
			await call(`messages/${name}`, { ...body, twice: byId('twice').checked });
			return '';
		});
	const actions = {
		say: (text, quickReply) => post('say', { ...place(), text, ...(quickReply && { quickReply }) }),
		tap: (title, payload) => post('tap', { ...place(), title, payload }),
		unsend: (mid) => post('unsend', { mid }),
	};

	/** Offers whoever is on the channel. */
	function offer() {
		const of = (all) => all.filter((each) => each.channel === channel());
		const options = (all) => of(all).map(({ id, name }) => element('option', { value: id }, name));
		person.replaceChildren(...options(messages.people));
		account.replaceChildren(...options(messages.accounts));
	}

	function drawPhone() {
		const { channel: where, ...ids } = place();
		const conversation = messages.conversations.find(
			(each) => each.account.id === ids.account && each.person.id === ids.person,
		);
		const version = JSON.stringify([ids, conversation]);
		if (drawn === version) return;
		drawn = version;
		const [name = ''] = [...account.selectedOptions].map(({ text }) => text);
		byId('phone').dataset.channel = where;
		byId('chat-avatar').textContent = name.slice(0, 1).toUpperCase();
		byId('chat-name').textContent = name;
		byId('chat-note').textContent = conversation?.isHandedOver
			? 'A human has taken over'
			: CHANNELS[where];
		const thread = byId('thread');
		thread.replaceChildren(...drawThread(conversation, actions));
		thread.scrollTop = thread.scrollHeight;
	}

	function choose() {
		const [first] = person.selectedOptions;
		byId('form-name').value = first?.text ?? '';
		drawPhone();
	}

	for (const each of channels) {
		each.addEventListener('change', () =>
			act('chat-said', () => {
				offer();
				choose();
				return '';
			}),
		);
	}
	for (const each of [person, account]) {
		each.addEventListener('change', () =>
			act('chat-said', () => {
				choose();
				return '';
			}),
		);
	}
	onSubmit(byId('say'), (form) => {
		const { text } = form.elements;
		if (text.value.trim() === '') return;
		void actions.say(text.value);
		text.value = '';
	});
	onSubmit(byId('human'), (form) =>
		act('messages-said', async () => {
			const { text } = form.elements;
			await call('messages/human', { ...place(), text: text.value || text.placeholder });
			text.value = '';
			return 'The Page has answered by hand.';
		}),
	);
	onSubmit(byId('lead-form'), (form) =>
		act('lead-form-said', async () => {
			const twice = byId('twice').checked;
			const page = pageOf(messages.accounts, account.value);
			await call('messages/form', { ...Object.fromEntries(new FormData(form)), page, twice });
			return 'The form is sent in.';
		}),
	);
	for (const button of document.querySelectorAll('[data-graph]')) {
		const { graph: failure } = button.dataset;
		button.addEventListener('click', () =>
			act('messages-said', async () => {
				await call('messages/graph', { failure });
				return GRAPH_SAID[failure];
			}),
		);
	}

	return {
		update(state) {
			const isFirst = messages === undefined;
			messages = state;
			if (isFirst) {
				offer();
				choose();
			}
			drawPhone();
		},
		/** What the platform was told of the person; of the account only where the broker names it. */
		told: () =>
			messages.told.filter(
				({ body: { user_id, session_data } }) =>
					user_id === person.value && (session_data.account_id ?? account.value) === account.value,
			),
		/** The conversation in the inbox: one or none. */
		sessions() {
			const { channel: where, account: to, person: from } = place();
			const wanted = `${where}:${to}:${from}`;
			return messages.inbox.filter(({ session }) => session.conversation === wanted);
		},
	};
}

/** Forms are the Page's, also where its Instagram account is chosen. */
const pageOf = (accounts, id) => accounts.find((each) => each.id === id).page;

function onSubmit(form, submit) {
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void submit(form);
	});
}
