-- A row of a probe is as new as its revision; when the probe was last seen depends on a clock that may jump.
ALTER TABLE probes ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
