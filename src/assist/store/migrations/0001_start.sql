-- Every save and every delete of an entry, in order: the history and the change feed in one.
-- A delete keeps the number of the version it ended.
CREATE TABLE entry_versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    UNIQUE (entry_id, version, deleted)
);

-- The entries that are there now, with what lists of them are filtered by.
CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES entry_versions (seq),
    status TEXT NOT NULL,
    categories TEXT NOT NULL, -- a JSON array
    folded TEXT NOT NULL
);
CREATE INDEX entries_by_status ON entries (status, id);

CREATE TABLE embeddings (
    embedder TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector BLOB NOT NULL, -- float32, little endian
    UNIQUE (embedder, text_hash)
);

CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE active_release (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    release_id TEXT NOT NULL REFERENCES releases (id),
    overlay_from INTEGER NOT NULL
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    result TEXT, -- a JSON object
    process TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX one_running_job_of_a_kind ON jobs (kind) WHERE status = 'running';

CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    level TEXT NOT NULL,
    created_by TEXT NOT NULL,
    claimed_by TEXT,
    created_at TEXT NOT NULL,
    body TEXT NOT NULL,
    asked TEXT
);
CREATE INDEX drafts_by_status ON drafts (status, id);
CREATE INDEX drafts_by_maker ON drafts (created_by, id);
CREATE INDEX drafts_by_holder ON drafts (claimed_by, id);

-- AUTOINCREMENT remembers the last number given out, so a cut-off end shows too.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL, -- a JSON object
    hash TEXT NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, seq);

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    acting INTEGER NOT NULL,
    secret_sha256 TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    revoked_at TEXT
);

CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    process TEXT NOT NULL,
    status INTEGER, -- null while the first request is running
    headers TEXT,
    body BLOB,
    created_at TEXT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
