package dev.fairlead.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Target.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialledUrlTest {
    private static final Endpoint LOCAL = new Endpoint("127.0.0.1", 40123);

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@db.shop.svc:5432/shop?sslmode=require, postgresql://u:p@127.0.0.1:40123/shop?sslmode=require",
        "postgres://db/shop, postgres://127.0.0.1:40123/shop",
        "postgresql://u:p%40x@db, postgresql://u:p%40x@127.0.0.1:40123",
        "jdbc:postgresql://db:5433/shop, jdbc:postgresql://127.0.0.1:40123/shop",
        "postgresql://u@127.0.0.1:40123/shop, postgresql://u@127.0.0.1:40123/shop",
        "'postgresql://a:1,b:2/shop', 'postgresql://a:1,b:2/shop'",
        "postgresql:///shop?host=/run/pg, postgresql:///shop?host=/run/pg"
    })
    void onlyHostAndPortAreReplaced(String url, String expected) {
        assertThat(DialledUrl.at(url, LOCAL)).isEqualTo(expected);
    }

    @Test
    void aUrlWithoutAPortMeansPostgresqlsOwn() {
        assertThat(DialledUrl.endpoint("postgresql://u:p@db/shop"))
                .contains(new Endpoint("db", 5432));
        assertThat(DialledUrl.endpoint("postgresql://a,b/shop")).isEmpty();
    }
}
