-- State store of n8n-nodes-property-platform, version 4. PostgreSQL 12 or later.
-- Safe to run again at any time. It also runs as one query in n8n's Postgres node, so it holds
-- no dollar quoting, which that node would take for parameters.

CREATE SCHEMA IF NOT EXISTS property_platform;

CREATE TABLE IF NOT EXISTS property_platform.schema_version (
	version int PRIMARY KEY,
	applied_at timestamptz NOT NULL DEFAULT now()
);

-- One row per piece of work, however often it is delivered.
--   claimed    one execution works on it, until lease_until
--   recorded   the result is stored; repeated deliveries get it
--   completed  the platform has confirmed the result
--   released   given up by its execution; the next delivery may take it at once
CREATE TABLE IF NOT EXISTS property_platform.processed_events (
	event_key text PRIMARY KEY,
	flow text NOT NULL,
	correlation_id text NOT NULL,
	state text NOT NULL CHECK (state IN ('claimed', 'recorded', 'completed', 'released')),
	lease_token text,
	lease_until timestamptz,
	attempts int NOT NULL,
	result jsonb,
	first_seen_at timestamptz NOT NULL DEFAULT now(),
	recorded_at timestamptz,
	completed_at timestamptz,
	updated_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT lease_while_claimed CHECK (
		num_nonnulls(lease_token, lease_until) = CASE WHEN state = 'claimed' THEN 2 ELSE 0 END
	),
	CONSTRAINT result_once_recorded CHECK (
		num_nonnulls(result, recorded_at)
			= CASE WHEN state IN ('recorded', 'completed') THEN 2 ELSE 0 END
	)
);

-- Answers that were paid for, kept so that a retry does not buy them again.
CREATE TABLE IF NOT EXISTS property_platform.vendor_answers (
	question_key text PRIMARY KEY,
	vendor text NOT NULL,
	scope text NOT NULL,
	answer jsonb NOT NULL,
	fetched_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS vendor_answers_scope ON property_platform.vendor_answers (scope);

-- What happened, attempt by attempt. Holds no personal data.
CREATE TABLE IF NOT EXISTS property_platform.event_log (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at timestamptz NOT NULL DEFAULT now(),
	correlation_id text NOT NULL,
	flow text NOT NULL,
	step text NOT NULL,
	vendor text,
	outcome text NOT NULL,
	status int,
	duration_ms int,
	attempt int,
	detail text
);
CREATE INDEX IF NOT EXISTS event_log_correlation_id ON property_platform.event_log (correlation_id);
CREATE INDEX IF NOT EXISTS event_log_at ON property_platform.event_log (at);

-- Version 2: the ledger of the campaigns.
-- `recipient` is a hash of an e-mail address: the same person in every campaign, without the address.

-- A lead counts to the campaign whose utm tag its result carries.
CREATE INDEX IF NOT EXISTS processed_events_utm_campaign
	ON property_platform.processed_events ((result -> 'utm' ->> 'campaign'), first_seen_at)
	WHERE flow = 'lead-score';

-- One row per campaign, however often it is delivered.
--   enrolling  its audience is written down, page by page
--   sending    the whole audience is there; batches can be taken
--   completed  nobody is left
--   stopped    given up, for stop_reason; opening the campaign again goes on with it
CREATE TABLE IF NOT EXISTS property_platform.campaigns (
	campaign_id text PRIMARY KEY,
	company_id text NOT NULL,
	correlation_id text NOT NULL,
	state text NOT NULL CHECK (state IN ('enrolling', 'sending', 'completed', 'stopped')),
	-- Template, sender and settings; from the first batch on they stay as they are.
	definition jsonb NOT NULL,
	definition_hash text NOT NULL,
	openings int NOT NULL DEFAULT 1,
	-- How many rows of the audience were enrolled or left out.
	audience int NOT NULL DEFAULT 0,
	audience_cursor text,
	-- Of those, how many had no address to have a row of their own, by reason.
	nameless jsonb NOT NULL DEFAULT '{}',
	-- How many wait for a batch; counted when the first batches are taken.
	pending int,
	next_batch int NOT NULL DEFAULT 1,
	-- How fast the vendor let the latest portion go, for the next one.
	pace jsonb,
	stop_reason text,
	opened_at timestamptz NOT NULL DEFAULT now(),
	enrolled_at timestamptz,
	started_at timestamptz,
	completed_at timestamptz,
	updated_at timestamptz NOT NULL DEFAULT now(),
	-- When an event last changed a count, to the minute, and when the counts were last reported.
	changed_at timestamptz,
	reported_at timestamptz,
	CONSTRAINT moment_once_completed CHECK (
		num_nonnulls(completed_at) = CASE WHEN state = 'completed' THEN 1 ELSE 0 END
	),
	CONSTRAINT reason_while_stopped CHECK (
		num_nonnulls(stop_reason) = CASE WHEN state = 'stopped' THEN 1 ELSE 0 END
	)
);

-- One row per address in the audience of a campaign.
--   pending   waits for a batch
--   sending   in a batch, for good; whether its mail went out is not known yet
--   sent      Resend took the mail
--   refused   Resend refused it, for reason
--   left_out  gets no mail, for reason; nothing is kept of the person but an id
-- Personal data: email, and data until the batch is done.
CREATE TABLE IF NOT EXISTS property_platform.campaign_recipients (
	campaign_id text NOT NULL REFERENCES property_platform.campaigns ON DELETE CASCADE,
	recipient text COLLATE "C" NOT NULL,
	person_id text,
	email text,
	data jsonb,
	state text NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'refused', 'left_out')),
	reason text,
	-- Unsubscribed or suppressed: no other row of the audience can bring the address in.
	is_barred boolean NOT NULL DEFAULT false,
	batch int,
	email_id text,
	sent_at timestamptz,
	delivered_at timestamptz,
	opened_at timestamptz,
	clicked_at timestamptz,
	bounced_at timestamptz,
	bounce text CHECK (bounce IN ('permanent', 'transient', 'undetermined')),
	complained_at timestamptz,
	failed_at timestamptz,
	suppressed_at timestamptz,
	unsubscribed_at timestamptz,
	PRIMARY KEY (campaign_id, recipient),
	CONSTRAINT mail_until_sent CHECK (
		state NOT IN ('pending', 'sending') OR num_nonnulls(email, data) = 2
	),
	CONSTRAINT nothing_kept_when_left_out CHECK (
		state <> 'left_out' OR (num_nonnulls(email, data) = 0 AND reason IS NOT NULL)
	)
);
CREATE INDEX IF NOT EXISTS campaign_recipients_pending
	ON property_platform.campaign_recipients (campaign_id, recipient) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS campaign_recipients_batch
	ON property_platform.campaign_recipients (campaign_id, batch) WHERE batch IS NOT NULL;
CREATE INDEX IF NOT EXISTS campaign_recipients_email_id
	ON property_platform.campaign_recipients (email_id) WHERE email_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS campaign_recipients_recipient
	ON property_platform.campaign_recipients (recipient);

-- Mails that go out in one request, always the same ones. Whoever holds the lease sends them; when
-- it has run out, another execution may.
CREATE TABLE IF NOT EXISTS property_platform.campaign_batches (
	campaign_id text NOT NULL REFERENCES property_platform.campaigns ON DELETE CASCADE,
	batch int NOT NULL,
	state text NOT NULL CHECK (state IN ('sending', 'done')),
	lease_token text,
	lease_until timestamptz,
	attempts int NOT NULL,
	first_attempt_at timestamptz NOT NULL,
	PRIMARY KEY (campaign_id, batch),
	CONSTRAINT lease_while_sending CHECK (
		num_nonnulls(lease_token, lease_until) = CASE WHEN state = 'sending' THEN 2 ELSE 0 END
	)
);

-- Addresses that get no campaign of the company; of any company where company_id is empty.
CREATE TABLE IF NOT EXISTS property_platform.suppressions (
	recipient text COLLATE "C" NOT NULL,
	company_id text NOT NULL,
	reason text NOT NULL,
	campaign_id text,
	created_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (recipient, company_id)
);

-- What happened to mails, each event once, however often it is delivered.
CREATE TABLE IF NOT EXISTS property_platform.delivery_events (
	event_id text PRIMARY KEY,
	campaign_id text,
	recipient text,
	kind text NOT NULL,
	at timestamptz NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now()
);

-- Version 3: the inbox of the Meta channels.

-- What is remembered of a person's conversation with a Page or an Instagram account. Whoever holds
-- the lease works in it; when the lease has run out, another execution may.
-- Personal data: user_id, last_property_viewed, learned.
CREATE TABLE IF NOT EXISTS property_platform.conversations (
	conversation text COLLATE "C" PRIMARY KEY,
	channel text NOT NULL,
	account_id text NOT NULL,
	user_id text,
	previous_messages int NOT NULL DEFAULT 0,
	last_property_viewed text,
	-- What the latest messages said, oldest first, each with the mid of its message.
	learned jsonb NOT NULL DEFAULT '[]',
	-- The person wants no answers; infinity: until they say otherwise.
	opted_out_until timestamptz,
	-- When the conversation was last taken from us, and given back, by the clock of Meta.
	taken_at timestamptz,
	given_back_at timestamptz,
	-- When somebody else last answered in it, in which message, and for how long we are silent then.
	paused_at timestamptz,
	paused_by text,
	paused_until timestamptz,
	-- Since when the platform could not be reached and the person knows.
	held_since timestamptz,
	lease_token text,
	lease_until timestamptz,
	first_seen_at timestamptz NOT NULL DEFAULT now(),
	last_event_at timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT lease_as_a_whole CHECK (num_nonnulls(lease_token, lease_until) IN (0, 2))
);
CREATE INDEX IF NOT EXISTS conversations_last_event_at
	ON property_platform.conversations (last_event_at);

-- One row per event, however often it is delivered. A message, its edits and its unsending share
-- the row, in whichever order they come.
--   waiting    to be worked on, in its turn
--   expected   an edit came before its message
--   done       worked on, or nothing to do
--   failed     given up, for last_error
--   withdrawn  unsent, or its person was forgotten
-- Personal data: event, which is gone once the event is done or withdrawn; the conversation and the
-- ids name a person as Meta knows them.
CREATE TABLE IF NOT EXISTS property_platform.channel_events (
	event_key text COLLATE "C" PRIMARY KEY,
	event_id text COLLATE "C" NOT NULL,
	-- Null once its person was forgotten.
	conversation text COLLATE "C",
	kind text NOT NULL,
	at timestamptz NOT NULL,
	state text NOT NULL
		CHECK (state IN ('waiting', 'expected', 'done', 'failed', 'withdrawn')),
	event jsonb,
	-- The number of the edit whose text it holds, 0 for none.
	edit_number int NOT NULL DEFAULT 0,
	correlation_id text NOT NULL,
	-- How often it was taken, and how often that failed for a reason that will pass.
	attempts int NOT NULL DEFAULT 0,
	failures int NOT NULL DEFAULT 0,
	not_before timestamptz,
	last_error text,
	outcome text,
	received_at timestamptz NOT NULL DEFAULT now(),
	-- When it stopped waiting.
	settled_at timestamptz,
	CONSTRAINT event_while_it_is_needed CHECK (
		CASE WHEN state IN ('waiting', 'expected', 'failed') THEN event IS NOT NULL
			WHEN state = 'withdrawn' OR kind <> 'other' THEN event IS NULL
			ELSE true END
	),
	CONSTRAINT moment_once_settled CHECK ((settled_at IS NULL) = (state = 'waiting')),
	CONSTRAINT nothing_of_nobody CHECK (
		conversation IS NOT NULL OR (state IN ('done', 'withdrawn') AND event IS NULL)
	)
);
CREATE INDEX IF NOT EXISTS channel_events_waiting
	ON property_platform.channel_events (conversation, at, event_id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS channel_events_conversation
	ON property_platform.channel_events (conversation);
CREATE INDEX IF NOT EXISTS channel_events_settled_at
	ON property_platform.channel_events (settled_at) WHERE settled_at IS NOT NULL;

-- Parts of replies that are known to have gone out, by the mark that each carries.
--   answer  Graph said so
--   echo    Meta sent the message back
-- The conversation and message_id name a person as Meta knows them.
CREATE TABLE IF NOT EXISTS property_platform.sent_replies (
	reply_key text COLLATE "C" PRIMARY KEY,
	conversation text COLLATE "C" NOT NULL,
	message_id text NOT NULL,
	seen_by text NOT NULL CHECK (seen_by IN ('answer', 'echo')),
	at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS sent_replies_message_id ON property_platform.sent_replies (message_id);
CREATE INDEX IF NOT EXISTS sent_replies_conversation
	ON property_platform.sent_replies (conversation);
CREATE INDEX IF NOT EXISTS sent_replies_at ON property_platform.sent_replies (at);

-- Version 4: work that did not get home at once, rollups and alerts.

-- One row per piece of work that failed at first and is still wanted.
--   waiting    is tried again; attempts says when
--   delivered  arrived
--   dead       given up, for last_error: a dead letter, until a person replays or dismisses it
--   dismissed  a person decided that it is not wanted any more
-- Personal data: payload, which is gone once the work is delivered or dismissed. Never a secret.
CREATE TABLE IF NOT EXISTS property_platform.deliveries (
	delivery_key text COLLATE "C" PRIMARY KEY,
	--   callback  a request to the platform: path and body
	--   event     what a workflow was given and did not finish: workflow and items
	--   rollup    the figures of a company
	--   message   an event that waits in channel_events
	kind text NOT NULL CHECK (kind IN ('callback', 'event', 'rollup', 'message')),
	flow text NOT NULL,
	correlation_id text NOT NULL,
	-- The claimed work that is complete once this has arrived; the inbox event of a message.
	event_key text,
	payload jsonb,
	state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'dismissed')),
	-- How often it has failed since it came here, or since it was last replayed.
	attempts int NOT NULL DEFAULT 1,
	replays int NOT NULL DEFAULT 0,
	last_error text,
	lease_token text,
	lease_until timestamptz,
	parked_at timestamptz NOT NULL DEFAULT now(),
	last_attempt_at timestamptz NOT NULL DEFAULT now(),
	-- When it stopped waiting.
	settled_at timestamptz,
	CONSTRAINT payload_while_it_is_needed CHECK (
		(payload IS NULL) = (state IN ('delivered', 'dismissed'))
	),
	CONSTRAINT moment_once_settled CHECK ((settled_at IS NULL) = (state = 'waiting')),
	CONSTRAINT lease_as_a_whole CHECK (num_nonnulls(lease_token, lease_until) IN (0, 2))
);
CREATE INDEX IF NOT EXISTS deliveries_waiting
	ON property_platform.deliveries (kind, last_attempt_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_dead
	ON property_platform.deliveries (settled_at) WHERE state = 'dead';
CREATE INDEX IF NOT EXISTS deliveries_event_key
	ON property_platform.deliveries (event_key) WHERE event_key IS NOT NULL;

-- The figures of each company, rollup by rollup.
CREATE TABLE IF NOT EXISTS property_platform.rollups (
	company_id text NOT NULL,
	taken_at timestamptz NOT NULL,
	correlation_id text NOT NULL,
	figures jsonb NOT NULL,
	PRIMARY KEY (company_id, taken_at)
);
CREATE INDEX IF NOT EXISTS rollups_taken_at ON property_platform.rollups (taken_at);

-- What a person has to know, once when it begins and once when it is over.
CREATE TABLE IF NOT EXISTS property_platform.alerts (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	-- What it is about, such as dead-letters:lead-score; open once at a time.
	alert_key text NOT NULL,
	severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
	title text NOT NULL,
	detail text NOT NULL,
	times int NOT NULL DEFAULT 1,
	raised_at timestamptz NOT NULL DEFAULT now(),
	last_seen_at timestamptz NOT NULL DEFAULT now(),
	-- Since when its cause has not been seen.
	calm_since timestamptz,
	resolved_at timestamptz,
	-- When each channel heard of the beginning and of the end.
	raise_mailed_at timestamptz,
	raise_reported_at timestamptz,
	end_mailed_at timestamptz,
	end_reported_at timestamptz,
	lease_token text,
	lease_until timestamptz,
	CONSTRAINT lease_as_a_whole CHECK (num_nonnulls(lease_token, lease_until) IN (0, 2))
);
CREATE UNIQUE INDEX IF NOT EXISTS alerts_open
	ON property_platform.alerts (alert_key) WHERE resolved_at IS NULL;
CREATE INDEX IF NOT EXISTS alerts_raised_at ON property_platform.alerts (raised_at);

INSERT INTO property_platform.schema_version (version) VALUES (4) ON CONFLICT DO NOTHING;
