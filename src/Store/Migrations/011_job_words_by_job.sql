-- SPDX-License-Identifier: BSD-3-Clause
-- The words of a job whose name, labels or filter change are taken away before the new ones are written.
CREATE INDEX job_words_job ON job_words (job);
