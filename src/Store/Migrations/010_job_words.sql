-- SPDX-License-Identifier: BSD-3-Clause
-- The words by which jobs are found: of their names, labels and filters. Jobs from before are filled in by the program at its start.
CREATE TABLE job_words (
  word TEXT NOT NULL,
  job TEXT NOT NULL REFERENCES jobs (id),
  PRIMARY KEY (word, job)
);
CREATE INDEX jobs_name ON jobs (name_folded, id);
UPDATE jobs SET name_folded = NULL;
