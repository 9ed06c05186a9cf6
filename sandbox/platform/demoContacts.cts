import { DEMO_COMPANIES } from './demoCompanies.cts';
import type { Contact } from './contacts.cts';

const [bayview, ayalaCourt, missionTrail] = DEMO_COMPANIES;

const HOMES = {
	taguig: ['Two-bedroom condo in Bonifacio Global City', 18_900_000],
	paranaque: ['Three-bedroom townhouse in Parañaque', 12_400_000],
	dasmarinas: ['Four-bedroom house in Dasmariñas Village', 64_000_000],
	lasPinas: ['Two-bedroom bungalow in Las Piñas', 7_800_000],
	makati: ['One-bedroom condo in Legazpi Village', 11_200_000],
} as const;

/** Invented people. What a row is there for stands above it. */
export const DEMO_CONTACTS: readonly Contact[] = [
	// Whom the guide's query selects for Bayview, and who may be mailed.
	contact('01', 'María Peñaflor', 'maria.penaflor', 'Taguig', 20_000_000, 2, 'taguig'),
	contact('02', 'José Villanueva', 'jose.villanueva', 'Parañaque', 13_500_000, 3, 'paranaque'),
	contact('03', 'Liwayway Dela Peña', 'liwayway.delapena', 'Makati', 70_000_000, 4, 'dasmarinas'),
	contact('04', 'Andrés Ibañez', 'andres.ibanez', 'Las Piñas', 8_200_000, 2, 'lasPinas'),
	contact('05', 'Bea Ordoñez', 'bea.ordonez', 'Taguig', 19_500_000, 2, 'taguig'),
	// Whose mail comes back: for good, and for now.
	contact('06', 'Ramón Reyes', 'bounce.reyes', 'Parañaque', 12_800_000, 3, 'paranaque'),
	contact('07', 'Tala Cruz', 'mailbox-full.cruz', 'Taguig', 18_950_000, 2, 'taguig'),
	// Who is left out: no consent, unsubscribed, an address that is none.
	{
		...contact('08', 'Niño Bautista', 'nino.bautista', 'Las Piñas', 9_000_000, 3, 'lasPinas'),
		consent: false,
	},
	{
		...contact('09', 'Corazón Muñoz', 'corazon.munoz', 'Makati', 66_000_000, 4, 'dasmarinas'),
		unsubscribed: true,
	},
	{
		...contact('10', 'Imelda Santos', '', 'Parañaque', 14_000_000, 3, 'paranaque'),
		email: 'imelda.santos(at)example.com',
	},
	// One person twice, and one whom nobody asked for a name.
	contact('11', 'Luz Ocampo', 'luz.ocampo', 'Taguig', 21_000_000, 2, 'taguig'),
	{
		...contact('12', 'Luz Ocampo', '', 'Taguig', 21_000_000, 3, 'taguig'),
		email: 'Luz.Ocampo@Example.com',
	},
	{
		...contact('13', 'Tiaño', 'tiano', 'Las Piñas', 7_900_000, 2, 'lasPinas'),
		first_name: null,
		last_name: 'Tiaño',
	},
	// Whom it does not select: too small a budget, the bound itself, one bed, nothing known.
	contact('14', 'Paz Acuña', 'paz.acuna', 'Las Piñas', 4_200_000, 3, 'lasPinas'),
	contact('15', 'Rico Nuñez', 'rico.nunez', 'Parañaque', 5_000_000, 2, 'paranaque'),
	contact('16', 'Ana Castañeda', 'ana.castaneda', 'Makati', 11_500_000, 1, 'makati'),
	{
		...contact('17', 'Ben Tañada', 'ben.tanada', 'Taguig', 0, 0, 'taguig'),
		budget_max: null,
		beds: null,
		consent: null,
	},
	// Of other companies: whom it would select, were they of this one, and one more.
	...[
		contact('18', 'Isabel Zuñiga', 'isabel.zuniga', 'Makati', 12_000_000, 2, 'makati'),
		contact('19', 'Miguel Caña', 'miguel.cana', 'Makati', 15_000_000, 3, 'makati'),
		contact('21', 'Sofía Peñalosa', 'sofia.penalosa', 'Parañaque', 4_900_000, 2, 'paranaque'),
	].map((person) => ({ ...person, company_id: ayalaCourt.id })),
	{
		...contact('20', 'Dana Piñon', 'dana.pinon', 'San Antonio', 6_100_000, 3, 'taguig'),
		company_id: missionTrail.id,
	},
];

/** A person with consent, of the first company, and the home that suits them. */
function contact(
	number: string,
	name: string,
	mailbox: string,
	city: string,
	budgetMax: number,
	beds: number,
	home: keyof typeof HOMES,
): Contact {
	const [first = '', ...rest] = name.split(' ');
	const [title, price] = HOMES[home];
	return {
		id: `c3b9a7e0-5d14-4f6a-9c2e-8f1d0b7a6e${number}`,
		company_id: bayview.id,
		email: `${mailbox}@example.com`,
		first_name: first,
		last_name: rest.join(' '),
		city,
		budget_max: budgetMax,
		beds,
		consent: true,
		unsubscribed: false,
		property_title: title,
		property_url: `https://homes.example.com/${home}`,
		property_price: price,
	};
}
