/** What a campaign of an agency sends: 3.5 kB of HTML, six homes and a text. Plain Liquid only. */
export const mailTemplate = {
	id: 'new-homes',
	subject: '{{ first_name }}, {{ properties.size }} new homes in {{ city }}',
	html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>New homes in {{ city }}</title>
<style>
body { margin: 0; padding: 0; background: #f4f4f5; font-family: Helvetica, Arial, sans-serif; }
.card { border: 1px solid #e4e4e7; border-radius: 8px; padding: 16px; margin-bottom: 12px; }
.price { font-size: 18px; font-weight: bold; color: #166534; }
.button { background: #166534; color: #ffffff; padding: 10px 16px; border-radius: 6px; text-decoration: none; }
@media (max-width: 620px) { .card { padding: 12px; } .button { display: block; text-align: center; } }
.small { font-size: 12px; line-height: 18px; color: #71717a; }
</style>
</head>
<body>
<div style="display: none; max-height: 0; overflow: hidden">{{ properties.size }} homes in {{ city }}, all of them to be visited this weekend.</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background: #f4f4f5">
<tr>
<td align="center" style="padding: 24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0">
<tr>
<td style="padding: 0 24px 16px 24px"><a href="https://harbor.example/"><img src="https://cdn.harbor.example/logo.png" width="160" height="40" alt="Harbor Homes" style="display: block; border: 0"></a></td>
<td align="right" style="padding: 0 24px 16px 24px; font-size: 14px; line-height: 20px; color: #52525b">Homes for people, not for portfolios</td>
</tr>
</table>
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background: #ffffff">
<tr>
<td style="padding: 24px 24px 0 24px">
<h1 style="font-size: 24px; line-height: 32px; margin: 0">Good news, {{ first_name }}!</h1>
<p style="font-size: 16px; line-height: 24px; color: #27272a">You asked us to look for a home in {{ city }} for at most {{ budget }}. These are new since last week, and all of them can be visited this weekend.</p>
</td>
</tr>
{% for property in properties %}
<tr>
<td style="padding: 0 24px">
<div class="card">
<a href="{{ property.url }}"><img src="{{ property.photo }}" width="552" height="280" alt="{{ property.title }}"></a>
<h2 style="font-size: 18px; line-height: 24px; margin: 12px 0 4px 0">{{ property.title }}</h2>
<p class="price">{{ property.price }}</p>
<p style="font-size: 14px; line-height: 20px; color: #52525b">{{ property.beds }} bedrooms, {{ property.area }} sqm, {{ property.district }}</p>
{% if property.is_new %}<p><strong>Listed this week</strong></p>{% endif %}
<a class="button" href="{{ property.url }}">See the home</a>
</div>
</td>
</tr>
{% endfor %}
<tr>
<td style="padding: 0 24px 24px 24px">
<p style="font-size: 16px; line-height: 24px; color: #27272a">Questions? {{ agent.name }} answers them: <a href="mailto:{{ agent.email }}">{{ agent.email }}</a>, or simply reply to this mail. Visits take half an hour, and there is coffee.</p>
<p style="font-size: 16px; line-height: 24px; color: #27272a"><a class="button" href="https://harbor.example/visits">Book a visit</a></p>
<p class="small">You get this mail because you asked for new homes. Harbor Homes, 12 Ayala Avenue, Makati 1226, Philippines.</p>
<p class="small"><a href="{{ unsubscribe_url }}">Unsubscribe</a> with one click.</p>
</td>
</tr>
</table>
</td>
</tr>
</table>
</body>
</html>
`,
	text: `Good news, {{ first_name }}!

You asked us to look for a home in {{ city }} for at most {{ budget }}. These are new since last week:
{% for property in properties %}
- {{ property.title }}, {{ property.price }}
  {{ property.beds }} bedrooms, {{ property.area }} sqm, {{ property.district }}
  {{ property.url }}
{% endfor %}
Questions? {{ agent.name }} answers them: {{ agent.email }}

Unsubscribe: {{ unsubscribe_url }}
`,
};

const FIRST_NAMES = ['Maria', 'José', 'Dana', 'Liezl', 'Niño', 'Grace', "D'Angelo"];
const CITIES = ['Makati', 'Taguig', 'Parañaque', 'Cebu City', 'Las Piñas'];
const KINDS = ['Loft', 'Condo with a view', 'Town house', 'Studio & parking', '"The Residences"'];

/** So many people, no two alike, the same each time. */
export function makeRecipients(count: number): Array<Record<string, unknown>> {
	return Array.from({ length: count }, (_, index) => ({
		first_name: of(FIRST_NAMES, index),
		city: of(CITIES, index >> 1),
		budget: `₱${5 + (index % 20)},000,000`,
		agent: { name: 'Grace Lim', email: `grace${index % 40}@harbor.example` },
		unsubscribe_url: `https://mail.harbor.example/unsubscribe?recipient=${index}`,
		properties: Array.from({ length: 6 }, (_home, home) => propertyOf(index * 6 + home)),
	}));
}

function propertyOf(index: number) {
	return {
		title: `${of(KINDS, index)} ${index % 900}`,
		url: `https://harbor.example/homes/${index % 900}?from=mail&list=${index % 7}`,
		photo: `https://cdn.harbor.example/${index % 900}.jpg`,
		price: `₱${4 + (index % 21)},${String(index % 1000).padStart(3, '0')},000`,
		beds: 1 + (index % 4),
		area: 28 + (index % 160),
		district: of(CITIES, index),
		is_new: index % 3 === 0,
	};
}

function of<T>(values: readonly T[], index: number): T {
	return values[index % values.length]!;
}
