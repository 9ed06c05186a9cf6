/**
 * `enrolling`: its audience is written down. `sending`: batches can be taken. `completed`: nobody
 * is left. `stopped`: given up until it is opened again.
 */
export type CampaignState = 'enrolling' | 'sending' | 'completed' | 'stopped';
