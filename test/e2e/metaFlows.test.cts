/** The topics of Meta Broker, with an n8n of their own beside the one of the other flows. */
import { endWorld, startWorld } from './world.cts';

// Far more than anything takes; a slow machine under load is no failure.
jest.setTimeout(120_000);

beforeAll(startWorld, 240_000);
afterAll(endWorld, 30_000);

import './topics/metaFlow.cts';
import './topics/metaOnce.cts';
import './topics/metaRefusals.cts';
import './topics/metaStrangeInput.cts';
import './topics/metaFailures.cts';
import './topics/metaPeople.cts';
import './topics/metaCommands.cts';
import './topics/metaSecrets.cts';
import './topics/metaCrash.cts';
