-- SPDX-License-Identifier: BSD-3-Clause
-- People and rights, and the chain of the audit. Columns that older rows lack are filled in by the program at its start: they are null until then.

CREATE TABLE accounts (
  name TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  display_name TEXT NOT NULL,
  password TEXT,
  disabled BIGINT NOT NULL DEFAULT 0,
  claimed_us BIGINT NOT NULL DEFAULT 0,
  created_us BIGINT NOT NULL
);

CREATE TABLE sign_in_failures (
  name_hash TEXT NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  locked_us BIGINT NOT NULL,
  last_us BIGINT NOT NULL
);
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_us);

CREATE TABLE member_groups (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (kind, name)
);

CREATE TABLE group_members (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (kind, name, member)
);
CREATE INDEX group_members_member ON group_members (kind, member);

-- Groups that the newest token of an account of elsewhere puts it in.
CREATE TABLE claimed_groups (
  account TEXT NOT NULL REFERENCES accounts (name),
  name TEXT NOT NULL,
  PRIMARY KEY (account, name)
);
CREATE INDEX claimed_groups_name ON claimed_groups (name);

CREATE TABLE account_grants (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT,
  member_group TEXT,
  point_group TEXT,
  created_us BIGINT NOT NULL,
  view TEXT NOT NULL
);
CREATE INDEX account_grants_account ON account_grants (account) WHERE account IS NOT NULL;
CREATE INDEX account_grants_group ON account_grants (member_group) WHERE member_group IS NOT NULL;

CREATE TABLE quotas (
  account TEXT NOT NULL,
  member_group TEXT NOT NULL,
  view TEXT NOT NULL,
  PRIMARY KEY (account, member_group)
);

CREATE TABLE api_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  expires_us BIGINT,
  used_us BIGINT,
  scope TEXT
);
INSERT INTO api_tokens (id, hash, account, name, kind, created_us)
  SELECT 'token-' || substr(hash, 1, 24), hash, account, name, CASE WHEN name = 'admin-token' THEN 'Admin' ELSE 'Api' END, created_us FROM tokens;
DROP TABLE tokens;
ALTER TABLE api_tokens RENAME TO tokens;
CREATE INDEX tokens_account ON tokens (account, created_us);

-- What quotas count: captures of the job, and bytes that it may store or has stored.
ALTER TABLE jobs ADD COLUMN captures BIGINT;
ALTER TABLE jobs ADD COLUMN bytes BIGINT;
CREATE INDEX jobs_not_counted ON jobs (id) WHERE bytes IS NULL;

ALTER TABLE schedules ADD COLUMN owner TEXT;
CREATE INDEX schedules_not_indexed ON schedules (id) WHERE owner IS NULL;
CREATE TABLE schedule_points (
  point TEXT NOT NULL,
  schedule TEXT NOT NULL REFERENCES schedules (id),
  PRIMARY KEY (point, schedule)
);
CREATE INDEX schedule_points_schedule ON schedule_points (schedule);
CREATE INDEX job_points_job ON job_points (job);

ALTER TABLE audit ADD COLUMN detail TEXT;
ALTER TABLE audit ADD COLUMN number BIGINT;
ALTER TABLE audit ADD COLUMN previous TEXT;
ALTER TABLE audit ADD COLUMN hash TEXT;
CREATE UNIQUE INDEX audit_number ON audit (number);
