package dev.fairlead.migrate.create;

/// What a draft says.
final class Templates {
    private Templates() {}

    static String goose() {
        return """
        -- +goose Up
        -- A statement ends with a semicolon at the end of its line. One that has semicolons of its own inside (a function)
        -- stands between "StatementBegin" and "StatementEnd". A file with CREATE INDEX CONCURRENTLY begins with
        -- "NO TRANSACTION" and has nothing else. Each is a line of its own, like the first of this file.
        SELECT 'replace me: up';

        -- +goose Down
        SELECT 'replace me: down';
        """;
    }

    static String spec(String key, String title) {
        return """
        # Every key: docs/reference/migration-spec.md
        meta:
          name: %s
          version: 1.0.0
          title: "%s"
          # owners: [ "@team" ]   # approvals go to them
          # stability: stable     # idea in_creation experimental beta stable deprecated
        plan:
          up:
            - kind: schema
              description: what this step does
              sql: |
                SELECT 'replace me: up'
              # timeoutMs: 60000       # one attempt of the step with its checks
              # transactional: false   # for CREATE INDEX CONCURRENTLY and what else cannot run in a transaction
            # - kind: data
            #   script: { backfill: { table: users, key: id, statement: "UPDATE users SET a = 1 WHERE :batch" } }
            # - kind: validation
            #   assertion: SELECT count(*) = 0 FROM users WHERE a IS NULL
          down:
            - kind: schema
              sql: |
                SELECT 'replace me: down'
          # fallback: what a person does where there is no way back
        # dependencies: [ other.db.2025_01_base, "other.sql.7" ]
        # requires: approval
        # background: true
        """
                .formatted(key, title);
    }
}
