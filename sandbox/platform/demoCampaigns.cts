import type { CampaignRequested } from '../../nodes/shared/contracts/campaignRequested';
import { DEMO_COMPANIES } from './demoCompanies.cts';

export interface DemoCampaign {
	label: string;
	payload: CampaignRequested;
}

const [bayview, ayalaCourt] = DEMO_COMPANIES;

/** The guide's own payload, word for word but for the ids. */
const guideCampaign: DemoCampaign = {
	label: "The guide's example: thirteen selected, not all of them to be mailed",
	payload: {
		campaign_id: 'b7e4c2d1-6a3f-4e58-9d07-1c5f8a2b3e01',
		company_id: bayview.id,
		audience_query: 'budget_max > 5000000 AND beds >= 2',
		template_id: 'luxury_properties_v2',
		sender: 'sales@company.com',
	},
};

const makatiCampaign: DemoCampaign = {
	label: 'Makati: another agency, two of three people, nobody left out',
	payload: {
		campaign_id: 'b7e4c2d1-6a3f-4e58-9d07-1c5f8a2b3e02',
		company_id: ayalaCourt.id,
		audience_query: "city IN ('Makati', 'Taguig') AND budget_max BETWEEN 8000000 AND 15000000",
		template_id: 'luxury_properties_v2',
		sender: 'sales@company.com',
		utm: { source: 'newsletter', medium: 'email', campaign: 'makati-homes' },
	},
};

export const DEMO_CAMPAIGNS: readonly DemoCampaign[] = [guideCampaign, makatiCampaign];
