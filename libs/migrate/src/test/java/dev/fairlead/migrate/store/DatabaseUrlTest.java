package dev.fairlead.migrate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses as libpq reads them (PostgreSQL documentation, 32.1.1.2).
class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://ada@db.example/app db.example:5432/app ada",
                "postgres://ada:se%3Acret@db:6000/app db:6000/app ada",
                "postgresql://ada:p@ss@db/app db:5432/app ada",
                "postgresql://ada@[::1]:5433/app [::1]:5433/app ada",
                "postgresql://ada@a:1,b:2/app?target_session_attrs=read-write a:1,b:2/app ada",
                "postgresql:///app?host=db&port=7000&user=ada db:7000/app ada",
                "postgresql://ada@db db:5432/ada ada",
                "jdbc:postgresql://db:6000/app?user=ada db:6000/app ada"
            })
    void isReadAsLibpqReadsIt(String address, String shown, String user) {
        var url = DatabaseUrl.parse(address);
        assertThat(url.shown()).isEqualTo(shown);
        assertThat(url.settings()).containsEntry("user", user);
    }

    @Test
    void programsGetItInTheFormsTheyKnow() {
        var environment =
                DatabaseUrl.parse("postgresql://ada:a%2Fb%40c@db:6000/my%20app?sslmode=require")
                        .environment();
        assertThat(environment)
                .containsEntry(
                        "DATABASE_URL",
                        "postgresql://ada:a%2Fb%40c@db:6000/my%20app?sslmode=require")
                .containsEntry("PGPASSWORD", "a/b@c")
                .containsEntry("PGHOST", "db")
                .containsEntry("PGPORT", "6000")
                .containsEntry("PGDATABASE", "my app")
                .containsEntry("PGSSLMODE", "require");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mysql://ada:secret@db/app; begins with postgresql://",
                "postgresql://ada:secret@db:port/app; the port of a host is not a number",
                "postgresql://ada:secret@db/app?sslmod=require; did you mean \"sslmode\"?",
                "postgresql://ada:secret@%2Fvar%2Frun/app; a socket folder cannot be used",
                "postgresql://ada:secret@db/app%zz; a percent sign"
            })
    void aMistakeIsNamedWithoutThePassword(String address, String what) {
        assertThatThrownBy(() -> DatabaseUrl.parse(address))
                .hasMessageContaining("BAD_DATABASE_URL")
                .hasMessageContaining(what)
                .hasMessageNotContaining("secret");
    }
}
