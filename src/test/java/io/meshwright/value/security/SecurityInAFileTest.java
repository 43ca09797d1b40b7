package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityInAFileTest {
    @Test
    void reads_a_caller_as_a_word_or_with_limits() {
        assertThat(file("callers: [gateway, {from: web, methods: [GET], paths: [/items/*]}]")
                        .callers())
                .containsExactly(
                        Caller.gateway(),
                        new Caller(Name.of("web"), List.of(HttpMethod.GET), List.of(PathPattern.below("/items"))));
    }

    @Test
    void reads_addresses_as_words_and_blocks() {
        assertThat(file("addresses: [cloudflare, 203.0.113.0/24, 198.51.100.7]").addresses())
                .containsExactly(
                        AddressSet.cloudflare(), AddressSet.of("203.0.113.0/24"), AddressSet.of("198.51.100.7"));
    }

    @Test
    void reads_every_kind_of_external_service() {
        Map<Name, ExternalService> externals = file("""
        externals:
          db: {type: azurePostgres, host: db.postgres.database.azure.com, egressGateway: true}
          events: {type: eventHubs, host: x.servicebus.windows.net}
          ai: {type: httpsApi, hosts: [x.openai.azure.com], originateTls: true}
          sso: {type: keycloak, issuer: https://sso.example.org/realms/shop}
          chat: {type: slack}
          mysql: {type: tcp, host: mysql.home, port: 3306, addresses: [192.168.1.9]}
        """).externals();

        assertThat(externals).hasSize(6);
        assertThat(externals.get(Name.of("db")).egressGateway()).isTrue();
        assertThat(externals.get(Name.of("ai")).originatesTls()).isTrue();
        assertThat(externals.get(Name.of("sso")).hosts()).containsExactly(Host.of("sso.example.org"));
        assertThat(externals.get(Name.of("mysql")).resolution()).isEqualTo(ExternalService.Resolution.STATIC);
    }

    @Test
    void reads_exceptions_and_tokens_and_dry_runs() {
        Security security = file("""
        exceptions:
          - {service: web, port: 8080, mode: PERMISSIVE, owner: platform, reason: old client, expires: 2027-03-31}
        jwt: {issuer: https://sso.example.org/realms/shop, audiences: [shop], publicPaths: [/health]}
        enforcement: DRY_RUN
        """);

        assertThat(security.exceptions()).extracting(MtlsException::mode).containsExactly(MtlsMode.PERMISSIVE);
        assertThat(security.jwt().publicPaths()).containsExactly(PathPattern.of("/health"));
        assertThat(security.enforcement()).isEqualTo(Enforcement.DRY_RUN);
    }

    @Test
    void tells_where_a_value_is_wrong() {
        assertThat(problems("callers: [{from: web, paths: [/admin*]}]"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:1:31 callers[0].paths[0]: ")
                .contains("/admin*");
        assertThat(problems("exceptions: [{service: web, mode: PERMISSIVE, owner: platform, expires: 2027-03-31}]"))
                .singleElement()
                .asString()
                .contains("reason: is missing");
        assertThat(problems("externals: {db: {type: azurePostgre, host: db.example.org}}"))
                .singleElement()
                .asString()
                .contains("externals.db.type")
                .contains("azurePostgres");
    }

    private static Security file(String yaml) {
        Reading<Security> reading = read(yaml);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Security>) reading).value();
    }

    private static List<String> problems(String yaml) {
        return ((Reading.Refused<Security>) read(yaml))
                .problems().stream().map(Problem::toString).toList();
    }

    private static Reading<Security> read(String yaml) {
        return RecordReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8), Security.class);
    }

    record Security(
            List<Caller> callers,
            List<AddressSet> addresses,
            Map<Name, ExternalService> externals,
            List<MtlsException> exceptions,
            Jwt jwt,
            Enforcement enforcement) {}
}
