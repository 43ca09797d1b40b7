package io.meshwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EnvironmentPagesTest {
    @Test
    void show_the_host_of_a_preview_as_open_as_it_is() throws IOException {
        assertThat(posture("""
                services:
                  web:
                    release: {type: blueGreen, versions: [{name: b}, {name: g}], active: b, previewHost: next.example.org}
                    routes: [{host: web.example.org, prefix: /}]
                """))
                .contains("| next.example.org | 80 HTTP | everybody |", "| web.example.org | 80 HTTP | everybody |");
    }

    @Test
    void show_who_is_asked_about_requests() throws IOException {
        assertThat(posture("""
                istio: {authorizers: {login: {service: login, failOpen: true, reason: a shop that stays open}}}
                gateway: {hosts: {web.example.org: {externalAuthorization: {authorizer: login, publicPaths: [/healthz]}}}}
                services:
                  web: {routes: [{host: web.example.org, prefix: /}]}
                  login:
                    namespace: shop
                    ports: [{name: http, port: 4180}]
                    workload: {type: existing, labels: {app: login}, serviceAccountName: login}
                    allowFrom: [gateway]
                """))
                .contains("| web.example.org | 80 HTTP | every path except /healthz: only what login agrees to, and"
                        + " everything while it cannot be asked: a shop that stays open |");
    }

    private static String posture(String keys) throws IOException {
        String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
        byte[] file = MergedYaml.of(base, keys).getBytes(StandardCharsets.UTF_8);
        Reading<Environment> reading = EnvironmentReader.read("shop.yaml", file);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return EnvironmentPages.of(((Reading.Accepted<Environment>) reading).value())
                .get("posture/shop.md");
    }
}
