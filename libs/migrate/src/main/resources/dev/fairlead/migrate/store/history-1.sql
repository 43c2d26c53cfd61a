-- The migrator's own tables, format 1. Run in one transaction, under a lock, where migration_head is not there yet.
CREATE SCHEMA IF NOT EXISTS fairlead;

-- Stands outside of the chain and says where it ends: without it nobody would miss the last rows.
CREATE TABLE fairlead.migration_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    format integer NOT NULL,
    rows bigint NOT NULL,
    hash text NOT NULL,
    complete text  -- digest of the migrations for which a run found nothing left to do; null after any other row
);
INSERT INTO fairlead.migration_head (format, rows, hash) VALUES (1, 0, '');

-- Whose turn it is: 'main', or 'background' for migrations that nobody waits for. The token fences every write.
CREATE TABLE fairlead.migration_turn (
    lane text PRIMARY KEY,
    token bigint NOT NULL,
    who text NOT NULL,
    since timestamptz NOT NULL,
    heartbeat timestamptz NOT NULL
);
INSERT INTO fairlead.migration_turn VALUES ('main', 0, '', now(), now()), ('background', 0, '', now(), now());

-- One row per attempt of a step. Rows are only ever added; each carries the hash of the one before.
CREATE TABLE fairlead.migration_history (
    id bigint PRIMARY KEY,
    key text NOT NULL,
    version text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    step integer NOT NULL,
    steps integer NOT NULL,
    kind text NOT NULL,
    checksum text NOT NULL,
    plan_hash text NOT NULL,
    who text NOT NULL,
    token bigint NOT NULL,
    started timestamptz NOT NULL,
    finished timestamptz NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('DONE', 'FAILED', 'ACCEPTED')),
    rows bigint NOT NULL,
    contract boolean NOT NULL,
    detail jsonb NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);

-- What was applied, so that a change can be shown as a difference.
CREATE TABLE fairlead.migration_source (
    checksum text PRIMARY KEY,
    text text NOT NULL
);

-- Parts of a step that no transaction protects: there before they run, finished after. Gone when the step is done.
CREATE TABLE fairlead.migration_intent (
    migration text NOT NULL,
    direction text NOT NULL,
    step integer NOT NULL,
    part integer NOT NULL,
    checksum text NOT NULL,
    who text NOT NULL,
    token bigint NOT NULL,
    started timestamptz NOT NULL,
    finished timestamptz,
    rows bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (migration, direction, step, part)
);

CREATE TABLE fairlead.migration_checkpoint (
    migration text NOT NULL,
    step integer NOT NULL,
    checksum text NOT NULL,
    last jsonb,
    rows bigint NOT NULL DEFAULT 0,
    seen bigint NOT NULL DEFAULT 0,
    estimate bigint NOT NULL DEFAULT 0,
    finished boolean NOT NULL DEFAULT false,
    started timestamptz NOT NULL,
    moved timestamptz NOT NULL,
    PRIMARY KEY (migration, step)
);

-- A person's wish, apart from the checkpoint so that it can be said before the backfill has begun.
CREATE TABLE fairlead.migration_pause (
    migration text PRIMARY KEY,
    who text NOT NULL,
    since timestamptz NOT NULL
);

CREATE TABLE fairlead.migration_approval (
    kind text NOT NULL CHECK (kind IN ('PLAN', 'DONE')),
    subject text NOT NULL,
    database text NOT NULL,
    who text NOT NULL,
    given timestamptz NOT NULL,
    comment text NOT NULL,
    PRIMARY KEY (kind, subject, database, who)
);

-- plpgsql, because it keeps its plan; an SQL function is planned anew for every row that is written.
CREATE FUNCTION fairlead.migration_row_hash(h fairlead.migration_history) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
    BEGIN
        RETURN pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
            h.previous, h.id, h.key, h.version, h.direction, h.step, h.steps, h.kind, h.checksum, h.plan_hash, h.who,
            h.token, (extract(epoch FROM h.started) * 1000000)::bigint, (extract(epoch FROM h.finished) * 1000000)::bigint,
            h.outcome, h.rows, h.contract, h.detail)::text, 'UTF8')), 'hex');
    END
    $$;

-- Fails with FL001 where the writer's turn is over. The row of the turn is locked until the caller commits, so a successor
-- waits for it or the caller sees the new token.
CREATE FUNCTION fairlead.migration_fence(of_lane text, of_token bigint) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
    BEGIN
        PERFORM FROM fairlead.migration_turn t WHERE t.lane = of_lane AND t.token = of_token FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the turn % of % is over', of_token, of_lane USING ERRCODE = 'FL001';
        END IF;
        RETURN true;
    END
    $$;

-- The only way that rows come into the history.
CREATE FUNCTION fairlead.migration_record(
    of_lane text, of_token bigint, plan_hash text, who text, migration jsonb, started timestamptz, outcome text,
    rows bigint, detail jsonb, source text
) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
    DECLARE
        h fairlead.migration_history;
    BEGIN
        PERFORM FROM fairlead.migration_turn t WHERE t.lane = of_lane AND t.token = of_token FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the turn % of % is over', of_token, of_lane USING ERRCODE = 'FL001';
        END IF;
        SELECT m.rows + 1, m.hash INTO h.id, h.previous FROM fairlead.migration_head m FOR UPDATE;
        h.key := migration ->> 'key';
        h.version := migration ->> 'version';
        h.direction := migration ->> 'direction';
        h.step := (migration ->> 'step')::integer;
        h.steps := (migration ->> 'steps')::integer;
        h.kind := migration ->> 'kind';
        h.checksum := migration ->> 'checksum';
        h.contract := (migration ->> 'contract')::boolean;
        h.plan_hash := plan_hash;
        h.who := who;
        h.token := of_token;
        h.started := started;
        h.finished := clock_timestamp();
        h.outcome := outcome;
        h.rows := rows;
        h.detail := detail;
        h.hash := fairlead.migration_row_hash(h);
        INSERT INTO fairlead.migration_history SELECT h.*;
        UPDATE fairlead.migration_head m SET rows = h.id, hash = h.hash,
            complete = CASE of_lane WHEN 'main' THEN NULL ELSE m.complete END; -- what runs behind blocks nobody
        IF source IS NOT NULL THEN
            INSERT INTO fairlead.migration_source VALUES (h.checksum, source) ON CONFLICT DO NOTHING;
        END IF;
        IF outcome <> 'FAILED' THEN
            DELETE FROM fairlead.migration_intent i
                WHERE i.migration = h.key || '@' || h.version AND i.direction = h.direction AND i.step = h.step;
        END IF;
        RETURN h.id;
    END
    $$;
