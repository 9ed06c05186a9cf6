/** What people say to the agency when the sandbox starts. */
export const DEMO_CHATS = [
	{
		label: 'a question on Messenger',
		channel: 'facebook',
		person: '24700000000000101',
		texts: ['Hi po! Looking for a 3BR condo in BGC. May available pa ba?'],
	},
	{
		label: 'a lead on Instagram',
		channel: 'instagram',
		person: '17900000000000201',
		texts: [
			'magkano po ang 2BR sa Makati? budget ko 10M-12M',
			'pwede mag-viewing? dina.santos@example.com, 0917 555 0123',
		],
	},
] as const;

/** A lead form that somebody fills in. */
export const DEMO_FORM = {
	label: 'a lead form',
	filled: {
		form: '172036835026334',
		answers: {
			full_name: 'Grace Lim',
			email: 'grace.lim@example.com',
			phone_number: '+639175550188',
			'what_is_your_budget?': '25M - 30M',
			city: 'Taguig',
		},
	},
};
