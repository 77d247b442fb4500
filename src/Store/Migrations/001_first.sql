-- SPDX-License-Identifier: BSD-3-Clause
-- Columns ending in _us are microseconds since 1970 (UTC). Columns called seed, view, content and payload are the JSON of the contracts.

CREATE TABLE jobs (
  id TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  idempotency_key TEXT,
  created_us BIGINT NOT NULL,
  seed TEXT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  final BIGINT NOT NULL,
  deleted BIGINT NOT NULL DEFAULT 0,
  wake_us BIGINT,
  view TEXT NOT NULL
);
CREATE UNIQUE INDEX jobs_idempotency ON jobs (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_created ON jobs (created_us DESC, id DESC);
CREATE INDEX jobs_state ON jobs (state, created_us DESC, id DESC);
CREATE INDEX jobs_due ON jobs (wake_us) WHERE wake_us IS NOT NULL;

CREATE TABLE events (
  job TEXT NOT NULL REFERENCES jobs (id),
  sequence BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job, sequence)
);

CREATE TABLE data_sets (
  job TEXT NOT NULL PRIMARY KEY REFERENCES jobs (id),
  content TEXT NOT NULL
);

CREATE TABLE schedules (
  id TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  created_us BIGINT NOT NULL,
  next_us BIGINT,
  view TEXT NOT NULL
);
CREATE INDEX schedules_due ON schedules (next_us) WHERE next_us IS NOT NULL;

CREATE TABLE points (
  id TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  view TEXT NOT NULL
);

CREATE TABLE probes (
  id TEXT NOT NULL PRIMARY KEY,
  last_seen_us BIGINT NOT NULL,
  view TEXT NOT NULL
);

CREATE TABLE audit (
  id {identity},
  at_us BIGINT NOT NULL,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  result TEXT NOT NULL
);

CREATE TABLE tokens (
  hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  created_us BIGINT NOT NULL
);

CREATE TABLE grain_state (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version BIGINT NOT NULL,
  payload TEXT NOT NULL,
  wake_us BIGINT,
  PRIMARY KEY (kind, key)
);
CREATE INDEX grain_state_due ON grain_state (wake_us) WHERE wake_us IS NOT NULL;
