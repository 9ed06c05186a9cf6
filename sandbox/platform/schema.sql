-- The reference platform's tables: the guide's models, and what its outbox and callbacks need.
-- Identifiers are text, because the contract takes any printable identifier, not UUIDs alone.

CREATE TABLE IF NOT EXISTS company (
	id         text PRIMARY KEY,
	name       text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS property (
	id               text PRIMARY KEY,
	company_id       text NOT NULL REFERENCES company (id),
	address          text NOT NULL,
	city             text NOT NULL,
	price_amount     double precision NOT NULL,
	currency         text,
	beds             double precision,
	baths            double precision,
	country          text,
	state            text,
	zip_code         text,
	neighborhood     text,
	property_type    text,
	floor_area_sqm   double precision,
	latitude         double precision,
	longitude        double precision,
	description      text NOT NULL DEFAULT '',
	-- Written by the callback enrichment-complete.
	narrative        text NOT NULL DEFAULT '',
	estimate         integer,
	neighborhood_avg integer,
	last_updated     timestamptz,
	source           varchar(50) NOT NULL DEFAULT '',
	created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS lead (
	id                   text PRIMARY KEY,
	company_id           text NOT NULL REFERENCES company (id),
	property_id          text REFERENCES property (id),
	email                text,
	phone                text,
	consent              boolean NOT NULL DEFAULT false,
	utm                  jsonb NOT NULL DEFAULT '{}',
	budget_max           double precision,
	beds                 double precision,
	preferred_city       text,
	crm                  text,
	crm_external_id      text,
	autoresponder_sent   boolean NOT NULL DEFAULT false,
	webhook_sent         boolean NOT NULL DEFAULT false,
	webhook_attempts     integer NOT NULL DEFAULT 0,
	webhook_last_attempt timestamptz,
	created_at           timestamptz NOT NULL DEFAULT now()
);
-- What the last callback lead-sync-status said. Apart from the table: sandboxes keep their data.
ALTER TABLE lead ADD COLUMN IF NOT EXISTS crm_status text;
ALTER TABLE lead ADD COLUMN IF NOT EXISTS crm_message text;

-- Whom a campaign may reach, each with the home that it tells them about.
CREATE TABLE IF NOT EXISTS contact (
	id             text PRIMARY KEY,
	company_id     text NOT NULL REFERENCES company (id),
	email          text NOT NULL,
	first_name     text,
	last_name      text,
	city           text,
	budget_max     double precision,
	beds           double precision,
	-- Null: never asked.
	consent        boolean,
	unsubscribed   boolean NOT NULL DEFAULT false,
	property_title text,
	property_url   text,
	property_price double precision,
	created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS campaign (
	id             text PRIMARY KEY,
	company_id     text NOT NULL REFERENCES company (id),
	audience_query text NOT NULL DEFAULT '',
	template_id    text NOT NULL DEFAULT '',
	sender         text NOT NULL DEFAULT '',
	status         varchar(20) NOT NULL DEFAULT 'draft',
	sent           integer NOT NULL DEFAULT 0,
	failed         integer NOT NULL DEFAULT 0,
	opened         integer NOT NULL DEFAULT 0,
	clicked        integer NOT NULL DEFAULT 0,
	delivery_rate  double precision,
	created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS outbox_message (
	id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	event_type       varchar(50) NOT NULL,
	payload          jsonb NOT NULL,
	status           varchar(20) NOT NULL DEFAULT 'pending'
	                 CHECK (status IN ('pending', 'sent', 'failed', 'retry')),
	-- Deliveries made so far, the first one included.
	attempts         integer NOT NULL DEFAULT 0,
	-- Retries after the first delivery.
	max_attempts     integer NOT NULL DEFAULT 3,
	next_retry_at    timestamptz,
	correlation_id   text NOT NULL,
	last_error       text,
	-- A worker's lease: no transaction stays open while n8n works on the message.
	claimed_until    timestamptz,
	awaits_callback  boolean NOT NULL DEFAULT true,
	watchdog_resends integer NOT NULL DEFAULT 0,
	created_at       timestamptz NOT NULL DEFAULT now(),
	sent_at          timestamptz,
	callback_at      timestamptz
);
-- The last callback about it, whether or not that settled it. Apart: sandboxes keep their data.
ALTER TABLE outbox_message ADD COLUMN IF NOT EXISTS last_heard_at timestamptz;
CREATE INDEX IF NOT EXISTS outbox_message_due ON outbox_message (status, next_retry_at);
CREATE INDEX IF NOT EXISTS outbox_message_correlation ON outbox_message (correlation_id);

-- Every webhook attempt, in and out. No personal data.
CREATE TABLE IF NOT EXISTS event_log (
	id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	created_at     timestamptz NOT NULL DEFAULT now(),
	direction      varchar(3) NOT NULL CHECK (direction IN ('in', 'out')),
	event          text NOT NULL,
	correlation_id text,
	company_id     text,
	status         integer NOT NULL,
	outcome        text NOT NULL,
	duration_ms    integer NOT NULL,
	attempt        integer
);
CREATE INDEX IF NOT EXISTS event_log_company ON event_log (company_id, created_at);

CREATE TABLE IF NOT EXISTS mail (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	recipient  text NOT NULL,
	subject    text NOT NULL,
	body       text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS callback_received (
	id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	endpoint        text NOT NULL,
	idempotency_key text,
	body_sha256     text NOT NULL,
	body            jsonb NOT NULL,
	answer          jsonb,
	correlation_id  text,
	received_at     timestamptz NOT NULL DEFAULT now(),
	UNIQUE (endpoint, idempotency_key, body_sha256)
);

CREATE TABLE IF NOT EXISTS metrics_rollup (
	company_id               text PRIMARY KEY REFERENCES company (id),
	properties_total         integer NOT NULL,
	leads_total              integer NOT NULL,
	webhook_success_rate_24h double precision NOT NULL,
	narratives_stale_count   integer NOT NULL,
	last_updated             timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS channel_message (
	id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	platform      text NOT NULL,
	user_id       text NOT NULL,
	message       text NOT NULL,
	intents       jsonb NOT NULL,
	lead_captured boolean NOT NULL,
	session_data  jsonb NOT NULL,
	received_at   timestamptz NOT NULL DEFAULT now()
);

-- Whose Page or Instagram account it is.
CREATE TABLE IF NOT EXISTS channel_account (
	channel    text NOT NULL,
	account_id text NOT NULL,
	company_id text NOT NULL REFERENCES company (id),
	PRIMARY KEY (channel, account_id)
);

-- What a lead comes from: channel:account:person, or channel:form:lead. One conversation, one lead.
ALTER TABLE lead ADD COLUMN IF NOT EXISTS conversation text UNIQUE;

-- What n8n tells of its alerts, for the event log: that one began, or that it is over.
CREATE TABLE IF NOT EXISTS alert_entry (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	event       text NOT NULL CHECK (event IN ('alert.raised', 'alert.resolved')),
	alert_key   text NOT NULL,
	severity    text NOT NULL,
	title       text NOT NULL,
	detail      text NOT NULL,
	at          timestamptz NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now(),
	-- Told again, an open alert may have other words.
	UNIQUE (event, alert_key, at)
);
