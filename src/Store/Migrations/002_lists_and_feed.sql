-- What lists of jobs select by. Rows from before are filled in by the program at its start: name_folded is null until then.
ALTER TABLE jobs ADD COLUMN name_folded TEXT;
ALTER TABLE jobs ADD COLUMN priority TEXT;
CREATE INDEX jobs_not_indexed ON jobs (id) WHERE name_folded IS NULL;
CREATE INDEX jobs_owner ON jobs (owner, created_us DESC, id DESC);

CREATE TABLE job_points (
  point TEXT NOT NULL,
  job TEXT NOT NULL REFERENCES jobs (id),
  PRIMARY KEY (point, job)
);

CREATE TABLE job_labels (
  key TEXT NOT NULL,
  job TEXT NOT NULL REFERENCES jobs (id),
  value TEXT NOT NULL,
  PRIMARY KEY (key, job)
);

-- Events get one order over all jobs.
CREATE TABLE numbered_events (
  number {identity},
  job TEXT NOT NULL REFERENCES jobs (id),
  sequence BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (job, sequence)
);
INSERT INTO numbered_events (job, sequence, at_us, state, text) SELECT job, sequence, at_us, state, text FROM events ORDER BY at_us, job, sequence;
DROP TABLE events;
ALTER TABLE numbered_events RENAME TO events;
