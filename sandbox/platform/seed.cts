import type pg from 'pg';

import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { saveCampaign } from './campaigns.cts';
import { DEMO_ACCOUNTS, saveAccount } from './channelAccounts.cts';
import { saveContact } from './contacts.cts';
import { DEMO_CAMPAIGNS } from './demoCampaigns.cts';
import { DEMO_COMPANIES } from './demoCompanies.cts';
import { DEMO_CONTACTS } from './demoContacts.cts';
import { DEMO_HOMES } from './demoHomes.cts';
import { DEMO_LEADS } from './demoLeads.cts';
import { saveLead } from './leads.cts';
import { saveListing } from './listings.cts';
import { templateSamples } from './templateSamples.cts';

export const DEMO_COMPANY = DEMO_COMPANIES[0];

export interface DemoListing {
	label: string;
	payload: EnrichProperty;
}

/** The guide's own example, word for word: no floor area and no comparables, so no estimate. */
const manila: DemoListing = {
	label: "Manila: the guide's example, too little for an estimate",
	payload: {
		property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f01',
		company_id: DEMO_COMPANY.id,
		address: '123 Main St',
		city: 'Manila',
		price_amount: 5_000_000,
		beds: 3,
		baths: 2,
	},
};

const taguig: DemoListing = {
	label: 'Taguig: a BGC condo with eight comparables',
	payload: {
		property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f02',
		company_id: DEMO_COMPANY.id,
		address: '9th Avenue corner 38th Street, Unit 21C',
		city: 'Taguig',
		price_amount: 18_500_000,
		currency: 'PHP',
		country: 'PH',
		neighborhood: 'BGC',
		property_type: 'condo',
		beds: 2,
		baths: 2,
		floor_area_sqm: 78,
		year_built: 2017,
		latitude: 14.5547,
		longitude: 121.0509,
		features: ['one parking slot', 'balcony', 'facing east'],
		comparables: [
			bgcSale('BGC-1', 17_900_000, 76, 2, 2016, '2026-08-14', 14.5551, 121.0516),
			bgcSale('BGC-2', 19_600_000, 82, 2, 2018, '2026-09-02', 14.5539, 121.0498),
			bgcSale('BGC-3', 16_400_000, 70, 2, 2015, '2026-06-21', 14.5562, 121.0521),
			bgcSale('BGC-4', 21_300_000, 88, 3, 2019, '2026-10-05', 14.5528, 121.0487),
			bgcSale('BGC-5', 14_800_000, 64, 1, 2016, '2026-07-30', 14.5543, 121.0533),
			bgcSale('BGC-6', 18_700_000, 79, 2, 2017, '2026-05-12', 14.5556, 121.0494),
			bgcSale('BGC-7', 23_900_000, 96, 3, 2020, '2026-09-25', 14.5519, 121.0512),
			bgcSale('BGC-8', 17_200_000, 74, 2, 2014, '2026-04-18', 14.5568, 121.0502),
		],
	},
};

const sanAntonio: DemoListing = {
	label: 'San Antonio, TX: a house that RentCast knows',
	payload: {
		property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f03',
		company_id: DEMO_COMPANY.id,
		address: '5500 Grand Lake Dr',
		city: 'San Antonio',
		state: 'TX',
		zip_code: '78244',
		country: 'US',
		price_amount: 250_000,
		currency: 'USD',
		property_type: 'single family',
		beds: 3,
		baths: 2,
		floor_area_sqm: 174.5,
		year_built: 1973,
	},
};

export const DEMO_LISTINGS: readonly DemoListing[] = [taguig, manila, sanAntonio];

/**
 * Puts the demo companies, their listings, accounts, leads, contacts and campaigns where they are
 * not there yet, and what the templates try themselves with: a callback needs a row to write to.
 */
export async function seedDemo(pool: pg.Pool): Promise<void> {
	for (const { id, name } of DEMO_COMPANIES) {
		await pool.query('INSERT INTO company (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
			id,
			name,
		]);
	}
	const samples = await templateSamples();
	const listings = [
		...DEMO_LISTINGS.map(({ payload }) => payload),
		...DEMO_LEADS.map(({ listing }) => listing),
		...DEMO_HOMES,
		...samples.listings,
	];
	for (const listing of listings) await saveListing(pool, listing);
	const leads = [...DEMO_LEADS.map(({ payload }) => payload), ...samples.leads];
	for (const lead of leads) await saveLead(pool, lead);
	for (const account of DEMO_ACCOUNTS) await saveAccount(pool, account);
	for (const contact of DEMO_CONTACTS) await saveContact(pool, contact);
	const campaigns = [...DEMO_CAMPAIGNS.map(({ payload }) => payload), ...samples.campaigns];
	for (const campaign of campaigns) await saveCampaign(pool, campaign);
}

/** An invented sale near the Taguig listing. */
function bgcSale(
	id: string,
	salePrice: number,
	areaSqm: number,
	beds: number,
	yearBuilt: number,
	soldDate: string,
	latitude: number,
	longitude: number,
) {
	return {
		id,
		sale_price: salePrice,
		floor_area_sqm: areaSqm,
		beds,
		baths: beds === 1 ? 1 : 2,
		year_built: yearBuilt,
		property_type: 'condo',
		neighborhood: 'BGC',
		city: 'Taguig',
		sold_date: soldDate,
		latitude,
		longitude,
	};
}
