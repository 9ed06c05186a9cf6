-- State store of n8n-nodes-property-platform, version 1. PostgreSQL 12 or later.
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

INSERT INTO property_platform.schema_version (version) VALUES (1) ON CONFLICT DO NOTHING;
