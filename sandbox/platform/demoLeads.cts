import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';
import { DEMO_COMPANIES } from './demoCompanies.cts';

export interface DemoLead {
	label: string;
	payload: LeadCreated;
	/** What the lead asked about, as the platform has it. */
	listing: EnrichProperty;
}

const [bayview, ayalaCourt, missionTrail] = DEMO_COMPANIES;

const bgcListing = {
	property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f11',
	company_id: bayview.id,
	address: '9th Avenue corner 38th Street, Unit 16B',
	neighborhood: 'Bonifacio Global City',
	city: 'Taguig',
	country: 'PH',
	price_amount: 18_900_000,
	currency: 'PHP',
	property_type: 'condo',
	beds: 2,
	baths: 2,
	floor_area_sqm: 80,
	latitude: 14.5547,
	longitude: 121.0509,
};

const makatiListing = {
	property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f12',
	company_id: ayalaCourt.id,
	address: '112 Rada Street, Unit 8F',
	neighborhood: 'Legazpi Village',
	city: 'Makati',
	country: 'PH',
	price_amount: 11_200_000,
	currency: 'PHP',
	property_type: 'condo',
	beds: 1,
	baths: 1,
	floor_area_sqm: 48,
};

const sanAntonioListing = {
	property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f13',
	company_id: missionTrail.id,
	address: '418 Mission Oak Ln',
	city: 'San Antonio',
	state: 'TX',
	zip_code: '78244',
	country: 'US',
	price_amount: 262_000,
	currency: 'USD',
	property_type: 'single family',
	beds: 3,
	baths: 2,
	floor_area_sqm: 168,
};

const guideListing = {
	property_id: '8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f14',
	company_id: bayview.id,
	address: '125 Main St',
	city: 'Manila',
	price_amount: 4_600_000,
	beds: 2,
	baths: 1,
};

const bgcBuyer: DemoLead = {
	label: 'BGC buyer: budget as text, asks for a viewing',
	listing: bgcListing,
	payload: {
		lead_id: '2c7a51d4-93e8-4f0d-b6a1-70c1d5e8fa01',
		company_id: bayview.id,
		property_id: bgcListing.property_id,
		first_name: 'Maria',
		last_name: 'Santos',
		email: 'maria.santos@example.com',
		phone: '+639170000001',
		consent: true,
		message: 'Is the unit still available? I would like to see it this week.',
		utm: { source: 'google', medium: 'cpc', campaign: 'bgc-condos' },
		preferences: {
			budget_max: '₱20M',
			currency: 'PHP',
			areas: ['BGC'],
			beds: 2,
			property_type: 'condo',
		},
		property: propertyOf(bgcListing, 'Two-bedroom condo in BGC'),
		previous_inquiries: 2,
	},
};

const makatiBuyer: DemoLead = {
	label: 'Makati buyer: no consent, so nobody is to follow up',
	listing: makatiListing,
	payload: {
		lead_id: '2c7a51d4-93e8-4f0d-b6a1-70c1d5e8fa02',
		company_id: ayalaCourt.id,
		property_id: makatiListing.property_id,
		first_name: 'Paolo',
		last_name: 'Reyes',
		email: 'paolo.reyes@example.com',
		phone: '+639170000002',
		consent: false,
		utm: { source: 'instagram', medium: 'social', campaign: 'makati-living' },
		preferences: {
			budget_min: 8_000_000,
			budget_max: 10_500_000,
			currency: 'PHP',
			areas: ['Makati', 'Salcedo Village'],
			preferred_city: 'Makati',
			beds: 1,
			property_type: 'condo',
		},
		property: propertyOf(makatiListing, 'One-bedroom condo in Legazpi Village'),
	},
};

const sanAntonioFamily: DemoLead = {
	label: 'San Antonio family: US dollars, by referral',
	listing: sanAntonioListing,
	payload: {
		lead_id: '2c7a51d4-93e8-4f0d-b6a1-70c1d5e8fa03',
		company_id: missionTrail.id,
		property_id: sanAntonioListing.property_id,
		first_name: 'Dana',
		last_name: 'Whitfield',
		email: 'dana.whitfield@example.com',
		phone: '+12105550142',
		consent: true,
		message: 'We move in March and need a fenced yard.',
		utm: { source: 'referral', campaign: 'past-clients' },
		preferences: {
			budget_max: 275_000,
			currency: 'USD',
			areas: ['San Antonio', '78244'],
			preferred_city: 'San Antonio',
			beds: 3,
			property_type: 'single family',
		},
		property: propertyOf(sanAntonioListing, 'Three-bedroom house near Mission Trail'),
		previous_inquiries: 1,
	},
};

/** The guide's own payload, word for word but for the ids. */
const guideLead: DemoLead = {
	label: "The guide's example: no preferences, so little to score by",
	listing: guideListing,
	payload: {
		lead_id: '2c7a51d4-93e8-4f0d-b6a1-70c1d5e8fa04',
		company_id: bayview.id,
		email: 'john@example.com',
		phone: '+639171234567',
		property_id: guideListing.property_id,
		utm: { source: 'facebook', campaign: 'summer2024' },
		consent: true,
	},
};

export const DEMO_LEADS: readonly DemoLead[] = [bgcBuyer, makatiBuyer, sanAntonioFamily, guideLead];

/** The listing as an event about a lead carries it. */
function propertyOf(listing: EnrichProperty, title: string): LeadCreated['property'] {
	const { company_id: _, ...facts } = listing;
	return { title, ...facts };
}
