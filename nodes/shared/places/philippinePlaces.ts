/**
 * Places in the Philippines that people ask for by more than one name, or that need no city to be
 * found: province, then its cities, then their areas. A small choice; more are the user's to add.
 * Names that stand for several places (Poblacion, San Antonio, Bel-Air) are left out on purpose.
 */
export interface Province {
	/** The first name is the one that is shown. */
	names: readonly string[];
	cities: ReadonlyArray<City>;
}

/** Names of the city, then its areas. */
type City = readonly [names: readonly string[], areas?: ReadonlyArray<readonly string[]>];

/** @see https://psa.gov.ph/classification/psgc for provinces and the cities in them */
export const PHILIPPINE_PLACES: readonly Province[] = [
	{
		names: ['Metro Manila', 'NCR', 'National Capital Region'],
		cities: [
			[
				['Makati'],
				[
					['Makati CBD', 'Makati Central Business District'],
					['Salcedo Village'],
					['Legazpi Village', 'Legaspi Village'],
					['Rockwell Center', 'Rockwell', 'Rockwell Makati'],
					['Forbes Park'],
					['Dasmariñas Village', 'Dasma Village'],
				],
			],
			[
				['Taguig'],
				[
					['Bonifacio Global City', 'BGC', 'Fort Bonifacio', 'The Fort', 'Global City'],
					['McKinley Hill'],
					['McKinley West'],
					['Arca South'],
				],
			],
			[
				['Quezon City', 'QC'],
				[
					['Eastwood City', 'Eastwood', 'Libis'],
					['Cubao', 'Araneta City', 'Araneta Center'],
					['Katipunan', 'Loyola Heights'],
					['New Manila'],
					['Tomas Morato'],
					['Fairview'],
				],
			],
			[['Manila'], [['Ermita'], ['Malate'], ['Binondo'], ['Sampaloc']]],
			[['Pasig'], [['Kapitolyo'], ['Ortigas East'], ['Valle Verde']]],
			[['Mandaluyong'], [['Wack Wack']]],
			[['San Juan'], [['Greenhills', 'Green Hills']]],
			[['Muntinlupa'], [['Alabang'], ['Filinvest City', 'Filinvest Alabang'], ['Ayala Alabang']]],
			[['Parañaque'], [['Entertainment City'], ['BF Homes', 'BF Homes Parañaque']]],
			[
				['Pasay'],
				[['Mall of Asia Complex', 'MOA', 'Mall of Asia', 'MOA Complex'], ['Newport City']],
			],
			[['Las Piñas']],
			[['Marikina']],
			[['Caloocan', 'Kalookan']],
			[['Malabon']],
			[['Navotas']],
			[['Valenzuela']],
			[['Pateros']],
		],
	},
	{
		names: ['Cebu', 'Cebu Province'],
		cities: [
			[['Cebu City'], [['Cebu IT Park', 'IT Park Cebu'], ['Cebu Business Park'], ['Lahug']]],
			[['Mandaue']],
			[['Lapu-Lapu', 'Lapulapu'], [['Mactan', 'Mactan Newtown']]],
		],
	},
	{
		names: ['Cavite', 'Cavite Province'],
		cities: [[['Tagaytay']], [['Bacoor']], [['Imus']], [['Dasmariñas']], [['General Trias']]],
	},
	{
		names: ['Laguna'],
		cities: [[['Santa Rosa', 'Sta. Rosa'], [['Nuvali']]], [['Calamba']], [['Biñan']]],
	},
	{ names: ['Rizal', 'Rizal Province'], cities: [[['Antipolo']], [['Cainta']]] },
	{
		names: ['Batangas', 'Batangas Province'],
		cities: [[['Batangas City']], [['Lipa']], [['Nasugbu']]],
	},
	{
		names: ['Bulacan'],
		cities: [[['Malolos']], [['Meycauayan']], [['San Jose del Monte', 'SJDM']]],
	},
	{
		names: ['Pampanga'],
		cities: [[['Angeles'], [['Clark', 'Clark Freeport Zone', 'Clark Freeport']]]],
	},
	{ names: ['Benguet'], cities: [[['Baguio']]] },
	{ names: ['Davao del Sur'], cities: [[['Davao City']]] },
	{ names: ['Iloilo', 'Iloilo Province'], cities: [[['Iloilo City']]] },
	{ names: ['Negros Occidental'], cities: [[['Bacolod']]] },
	{ names: ['Misamis Oriental'], cities: [[['Cagayan de Oro', 'CDO']]] },
	{ names: ['Aklan'], cities: [[['Malay'], [['Boracay', 'Boracay Island']]]] },
	{ names: ['Palawan'], cities: [[['Puerto Princesa']], [['El Nido']], [['Coron']]] },
	{ names: ['Quezon', 'Quezon Province'], cities: [[['Lucena']]] },
];
