/** One file, so that one n8n serves all its topics and no two of them use it at the same time. */
import { endWorld, startWorld } from './world.cts';

// Far more than anything takes; a slow machine under load is no failure.
jest.setTimeout(120_000);

beforeAll(startWorld, 240_000);
afterAll(endWorld, 30_000);

import './topics/demo.cts';
import './topics/propertyFlow.cts';
import './topics/refusals.cts';
import './topics/intake.cts';
import './topics/exactlyOnce.cts';
import './topics/rentCastFailures.cts';
import './topics/model.cts';
import './topics/credential.cts';
import './topics/signedWebhookNode.cts';
import './topics/commands.cts';
import './topics/leadFlow.cts';
import './topics/leadRefusals.cts';
import './topics/leadFailures.cts';
import './topics/leadCrash.cts';
import './topics/leadCommands.cts';
import './topics/leadVariants.cts';
import './topics/leadCredentials.cts';
import './topics/campaignFlow.cts';
import './topics/campaignRefusals.cts';
import './topics/campaignMistakes.cts';
import './topics/campaignFailures.cts';
import './topics/campaignEvents.cts';
import './topics/campaignHostileData.cts';
import './topics/campaignCommands.cts';
import './topics/metricsFlow.cts';
import './topics/alerts.cts';
import './topics/health.cts';
import './topics/deadLetters.cts';
import './topics/trace.cts';
import './topics/retention.cts';
import './topics/monitoringCommands.cts';
import './topics/leadSecrets.cts';
import './topics/campaignSecrets.cts';
import './topics/monitoringSecrets.cts';
