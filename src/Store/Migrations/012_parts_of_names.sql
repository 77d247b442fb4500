-- SPDX-License-Identifier: BSD-3-Clause
-- Words of names are found by any part of them: job_words gets a row for every place in one where a search may begin. The program fills it at its start.
DROP TABLE job_words;
CREATE TABLE job_words (
  word TEXT NOT NULL,
  job TEXT NOT NULL REFERENCES jobs (id),
  PRIMARY KEY (word, job)
) {by_key};
CREATE INDEX job_words_job ON job_words (job, word);
CREATE INDEX job_labels_job ON job_labels (job);
UPDATE jobs SET name_folded = NULL;
