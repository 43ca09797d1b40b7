package io.meshwright.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end          | token (hidden) end
            Authorization: Bearer abc.def                                        | Authorization: (hidden)
            "authorization":"Basic YWJjOmRlZg=="                                 | "authorization":"(hidden)"
            authorization: bearer of the keys                                    | authorization: (hidden)
            authorization: a1b2c3d4                                              | authorization: (hidden)
            authorization: geheim                                                | authorization: (hidden)
            authorization: Custom geheim                                         | authorization: (hidden)
            Authorization: Digest username="kim", response="abc"                 | Authorization: (hidden)
            "authorization":"Basic YWJjOmRlZg==" "curl/8"                        | "authorization":"(hidden)" "curl/8"
            {"authorization":"Basic YWJjZg=","a":"b"}                            | {"authorization":"(hidden)","a":"b"}
            curl -H 'Authorization: Bearer abc' https://a.example.org            | curl -H 'Authorization: (hidden)' https://a.example.org
            Cookie: session="a1 b2"; theme=dark                                  | Cookie: (hidden)
            authorization: AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host     | authorization: (hidden)
            authorization: opens every door=geheim                               | authorization: (hidden)
            jwt: geheim                                                          | jwt: (hidden)
            proxy-authorization: no one may read                                 | proxy-authorization: (hidden)
            password: no one may read                                            | password: (hidden)
            Cookie: SESSION=1; theme=dark                                        | Cookie: (hidden)
            said bearer abcdefgh12345                                            | said bearer (hidden)
            jdbc url postgres://shop:geheim@db:5432/shop                         | jdbc url postgres://(hidden)@db:5432/shop
            GET /api/orders?email=a%40b.kr&page=2 HTTP/1.1                        | GET /api/orders?email=(hidden)&page=(hidden) HTTP/1.1
            DB_PASSWORD=geheim and more                                          | DB_PASSWORD=(hidden) and more
            {"client_secret": "geheim", "name": "shop"}                          | {"client_secret": "(hidden)", "name": "shop"}
            password: geheim                                                     | password: (hidden)
            AKIAIOSFODNN7EXAMPLE                                                 | (hidden)
            ghp_16charactersAndMore                                              | (hidden)
            key Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy0123                     | key (hidden)
            kim@example.co.kr wrote                                              | (hidden) wrote
            900101-1234568                                                       | (hidden)
            9001011234568                                                        | (hidden)
            010-1234-5678                                                        | (hidden)
            +82 10-1234-5678                                                     | (hidden)
            02-312-4567                                                          | (hidden)
            4111 1111 1111 1111                                                  | (hidden)
            """)
    void hides_what_is_a_secret_or_belongs_to_a_person(String text, String shown) {
        assertThat(Redactor.of(text)).isEqualTo(shown);
        assertThat(Redactor.of(shown)).as("twice is once").isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2026-03-01T09:00:00.000Z] \"GET /api HTTP/1.1\" 503 UF upstream_reset 0 0 10 - \"10.0.0.1\"",
                "x-request-id 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 traceparent 4bf92f3577b34da6a3ce929d0e0e4736",
                "order 4111111111111112 at 1767225600000",
                "image@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "dist/azure/buildingbite-customer-service/virtualservice.buildingbite.customer-service.yaml:12:3",
                "spiffe://cluster.local/ns/shop/sa/web",
                "outbound|8080||customer-service.buildingbite.svc.cluster.local",
                "credentialName: web-tls",
                "secretName: web-tls",
                "9001011234560",
                "rbac_access_denied_matched_policy[ns[shop]-policy[deny-all]-rule[0]]",
                "a request with a jwt: the issuer is unknown",
                "  - authorization: no ALLOW rule fits",
                "  - authorization: a DENY rule fits",
                "  - authorization: whether an ALLOW rule fits is not known",
                "  - authorization: the mesh has no extension provider \"check\", so that nobody can agree",
                "  - authorization: the pod says sidecar.istio.io/inject: \"false\"",
                "  - JWT: no rule trusts the issuer \"https://id.example.org\"",
                "  - JWT: no rule admits the token's audience",
                "\"what\" : \"authorization: no ALLOW policy restricts callers\""
            })
    void leaves_times_ids_names_and_numbers(String text) {
        assertThat(Redactor.of(text)).isEqualTo(text);
    }

    @Test
    void hides_a_key_of_many_lines_and_keeps_how_many_lines_there_are() {
        assertThat(Redactor.of("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb"))
                .isEqualTo("a\n(hidden)\n\n\nb");
        assertThat(Redactor.of("-----BEGIN PRIVATE KEY-----\nMIIE without an end"))
                .doesNotContain("MIIE");
    }

    @Test
    void takes_no_longer_for_texts_that_are_made_to_take_long() {
        var clock = ManagementFactory.getThreadMXBean();
        String hostile = "a="
                .repeat(8_000)
                .concat("1 ".repeat(8_000))
                .concat("?a=".repeat(8_000))
                .concat("a@a.".repeat(4_000));

        long before = clock.getCurrentThreadCpuTime();
        Redactor.of(hostile.substring(0, hostile.length() / 4));
        long quarter = clock.getCurrentThreadCpuTime();
        Redactor.of(hostile);
        long whole = clock.getCurrentThreadCpuTime();

        assertThat(whole - quarter).isLessThan(10 * (quarter - before) + 1_000_000_000L);
    }
}
