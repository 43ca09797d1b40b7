package io.meshwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies of the gateway that decide by paths hold however a client writes the path. */
class PathGatesTest {
    private static final SortedMap<String, String> OBJECTS = objects("""
            gateway:
              hosts:
                shop.example.org:
                  restrict: [{prefix: /console/admin, from: [10.1.0.0/16]}]
                login.example.org:
                  jwt: {issuer: https://id.example.org/realms/shop, publicPaths: [/public/*]}
            externals: {id: {type: keycloak, issuer: https://id.example.org/realms/shop}}
            services:
              web: {uses: [id], routes: [{host: shop.example.org, prefix: /}, {host: login.example.org, prefix: /}, {host: open.example.org, prefix: /}]}
              api:
                allowFrom: [{from: gateway, paths: [/v1/*]}]
                routes: [{host: api.example.org, prefix: /}]
            """);
    private static final Mesh MESH = Rendering.mesh(OBJECTS);

    @Test
    void are_rendered_without_a_finding_of_their_own() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .noneMatch(finding -> finding.contains("VirtualService") || finding.contains("AuthorizationPolicy"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.org, /console/admin/users, 403",
        "shop.example.org, //console/admin, 403",
        "shop.example.org, /console//admin, 403",
        "shop.example.org, /console%2Fadmin/users, 403",
        "shop.example.org, /console%5cadmin, 403",
        "shop.example.org, /console;a=b/admin, 403",
        "shop.example.org, /x/..;/console/admin, 403",
        "shop.example.org, /x/..%2Fconsole/admin, 403",
        "shop.example.org, /x/../console/admin, 403",
        "shop.example.org, /console/%61dmin, 403",
        "shop.example.org, /console/administrator, web",
        "shop.example.org, /files/a%2Fb, web",
        "login.example.org, /private, 403",
        "login.example.org, /public/page, web",
        "login.example.org, /public/../private, 403",
        "login.example.org, /public/..%2Fprivate, 403",
        "login.example.org, /public/..;/private, 403",
        "api.example.org, /v1/items, api",
        "api.example.org, /v1/..%2Fv2, 403",
        "api.example.org, /v2/items, 403",
        "open.example.org, /v1/..%2Fv2, web",
    })
    void hold_for_every_spelling(String host, String path, String end) {
        assertThat(verdict("203.0.113.9", host, path).toString()).contains(end);
    }

    @Test
    void let_in_who_is_listed_on_plain_paths_alone() {
        assertThat(verdict("10.1.2.3", "shop.example.org", "/console/admin").isDelivered())
                .isTrue();
        assertThat(verdict("10.1.2.3", "shop.example.org", "/console/x/..%2Fadmin")
                        .isAnswered(403))
                .isTrue();
    }

    private static Verdict verdict(String clientIp, String host, String path) {
        return Trace.of(MESH)
                .request("GET", "http://%s%s".formatted(host, path))
                .clientIp(clientIp)
                .verdict();
    }

    private static SortedMap<String, String> objects(String change) {
        try {
            return Rendering.objects(
                    MergedYaml.of(Files.readString(Path.of("test/resources/agreement/base.yaml")), change));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
