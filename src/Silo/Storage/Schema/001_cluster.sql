-- SPDX-License-Identifier: BSD-3-Clause
-- What the ADO.NET providers of Orleans ask for: they read the statements by their names from OrleansQuery and give parameters by theirs. The state of grains is
-- in the store's own table, grain_state, row by row as every host keeps it: a payload that Orleans hands over is {"wakeUs": ..., "state": ...}, and its two
-- parts are two columns there. Keys that Orleans would read as a number or a guid (they come without @GrainIdExtensionString) are refused as a conflict.

CREATE TABLE orleans_cluster (
  cluster TEXT NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

CREATE TABLE orleans_silo (
  cluster TEXT NOT NULL,
  address TEXT NOT NULL,
  port INT NOT NULL,
  generation INT NOT NULL,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  status INT NOT NULL,
  proxy_port INT,
  suspect_times TEXT,
  start_time TIMESTAMPTZ NOT NULL,
  alive_time TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (cluster, address, port, generation)
);

CREATE TABLE orleans_reminder (
  service TEXT NOT NULL,
  grain TEXT NOT NULL,
  name TEXT NOT NULL,
  start_time TIMESTAMPTZ NOT NULL,
  period BIGINT NOT NULL,
  hash INT NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (service, grain, name)
);
CREATE INDEX orleans_reminder_hash ON orleans_reminder (service, hash);

-- What the file ports of probes want to see.
CREATE TABLE orleans_secret (secret TEXT NOT NULL);
INSERT INTO orleans_secret (secret) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);

CREATE VIEW OrleansQuery (QueryKey, QueryText) AS VALUES
('InsertMembershipVersionKey', $q$
  WITH made AS (INSERT INTO orleans_cluster (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM made)
$q$),
('MembershipReadAllKey', $q$
  SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
         s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime, s.alive_time AS IAmAliveTime
  FROM orleans_cluster c LEFT JOIN orleans_silo s ON s.cluster = c.cluster
  WHERE c.cluster = @DeploymentId
$q$),
('MembershipReadRowKey', $q$
  SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
         s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime, s.alive_time AS IAmAliveTime
  FROM orleans_cluster c
  LEFT JOIN orleans_silo s ON s.cluster = c.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  WHERE c.cluster = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM orleans_silo
  WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
('InsertMembershipKey', $q$
  WITH turn AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
      SELECT 1 FROM orleans_silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1
  ), made AS (
    INSERT INTO orleans_silo (cluster, address, port, generation, name, host, status, proxy_port, start_time, alive_time)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turn
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM made)
$q$),
('UpdateMembershipKey', $q$
  WITH turn AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
      SELECT 1 FROM orleans_silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING 1
  ), made AS (
    UPDATE orleans_silo SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime FROM turn
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM made)
$q$),
('UpdateIAmAlivetimeKey', $q$
  UPDATE orleans_silo SET alive_time = @IAmAliveTime
  WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
('CleanupDefunctSiloEntriesKey', $q$
  DELETE FROM orleans_silo WHERE cluster = @DeploymentId AND alive_time < @IAmAliveTime AND status <> 3
$q$),
('DeleteMembershipTableEntriesKey', $q$
  WITH silos AS (DELETE FROM orleans_silo WHERE cluster = @DeploymentId) DELETE FROM orleans_cluster WHERE cluster = @DeploymentId
$q$),
('ReadFromStorageKey', $q$
  SELECT convert_to('{"wakeUs":' || COALESCE(wake_us::text, 'null') || ',"state":' || payload || '}', 'UTF8') AS PayloadBinary, version::int AS Version
  FROM grain_state WHERE kind = @GrainTypeString AND key = @GrainIdExtensionString AND @GrainIdN1 = 0
$q$),
('WriteToStorageKey', $q$
  WITH given AS (
    SELECT d.json ->> 'state' AS payload, (d.json ->> 'wakeUs')::bigint AS wake_us FROM (SELECT convert_from(@PayloadBinary, 'UTF8')::json AS json) d
    WHERE @GrainIdN1 = 0
  ), made AS (
    INSERT INTO grain_state (kind, key, version, payload, wake_us)
    SELECT @GrainTypeString, @GrainIdExtensionString, 1, payload, wake_us FROM given WHERE @GrainStateVersion IS NULL
    ON CONFLICT (kind, key) DO NOTHING
    RETURNING version
  ), changed AS (
    UPDATE grain_state s SET version = s.version + 1, payload = g.payload, wake_us = g.wake_us FROM given g
    WHERE s.kind = @GrainTypeString AND s.key = @GrainIdExtensionString AND s.version = @GrainStateVersion
    RETURNING s.version
  )
  SELECT version::int AS NewGrainStateVersion FROM made UNION ALL SELECT version::int FROM changed
$q$),
('ClearStorageKey', $q$
  DELETE FROM grain_state WHERE kind = @GrainTypeString AND key = @GrainIdExtensionString AND @GrainIdN1 = 0 AND version = @GrainStateVersion
  RETURNING version::int + 1
$q$),
('DeleteStorageKey', $q$
  DELETE FROM grain_state WHERE kind = @GrainTypeString AND key = @GrainIdExtensionString AND @GrainIdN1 = 0 AND version = @GrainStateVersion
  RETURNING version::int + 1
$q$),
('ReadReminderRowsKey', $q$
  SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version FROM orleans_reminder
  WHERE service = @ServiceId AND grain = @GrainId
$q$),
('ReadReminderRowKey', $q$
  SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version FROM orleans_reminder
  WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$q$),
('ReadRangeRows1Key', $q$
  SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version FROM orleans_reminder
  WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
  SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version FROM orleans_reminder
  WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$q$),
('UpsertReminderRowKey', $q$
  INSERT INTO orleans_reminder AS r (service, grain, name, start_time, period, hash, version)
  VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
  ON CONFLICT (service, grain, name) DO UPDATE SET start_time = excluded.start_time, period = excluded.period, hash = excluded.hash, version = r.version + 1
  RETURNING version AS Version
$q$),
('DeleteReminderRowKey', $q$
  WITH gone AS (DELETE FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM gone)
$q$),
('DeleteReminderRowsKey', $q$
  DELETE FROM orleans_reminder WHERE service = @ServiceId
$q$);
