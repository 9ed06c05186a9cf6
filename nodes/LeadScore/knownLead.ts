import type { LeadCreated, LeadProperty } from '../shared/contracts/leadCreated';
import type { PlannedFollowUp, ScoredLead } from './scoredLead';

/** A lead with everything that was found out about it. */
export interface KnownLead {
	lead: LeadCreated;
	/** The listing as it was looked up; what the lead itself carries goes before. */
	property?: LeadProperty;
	scoring: ScoredLead;
	followUp?: PlannedFollowUp;
}
