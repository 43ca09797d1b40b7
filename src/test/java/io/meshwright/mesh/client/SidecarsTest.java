package io.meshwright.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig.Outbound;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarsTest {
    private static String sidecar(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static Mesh mesh(String... sidecars) {
        return Meshes.of(
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                Meshes.service("ops", "loki"),
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec:"
                        + " {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}]}}",
                String.join("\n---\n", sidecars));
    }

    private static Sidecars.Way way(Mesh mesh, String host, int port) {
        return mesh.sidecars().way(Meshes.pod(mesh, "shop", "web"), host, port);
    }

    @ParameterizedTest
    @CsvSource({"web, 80", "web.shop, 80", "loki.ops.svc, 80", "loki.ops.svc.cluster.local, 80", "api.example.com, 443"
    })
    void without_a_sidecar_object_all_that_is_shown_is_known(String host, int port) {
        assertThat(way(mesh(), host, port).isKnown()).isTrue();
    }

    @Test
    void a_port_that_the_service_lacks_is_not_known() {
        assertThat(way(mesh(), "web", 8080).isKnown()).isFalse();
        assertThat(way(mesh(), "web", 8080).service()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "./*, true, false",
        "ops/*, false, true",
        "*/*, true, true",
        "~/*, false, false",
        "ops/loki.ops.svc.cluster.local, false, true",
        "*/*.shop.svc.cluster.local, true, false",
        "ops/*.loki.ops.svc.cluster.local, false, false"
    })
    void only_what_is_imported_is_known(String entry, boolean web, boolean loki) {
        Mesh mesh = mesh(sidecar("default", "shop", "egress: [{hosts: ['%s']}]".formatted(entry)));

        assertThat(way(mesh, "web", 80).isKnown()).isEqualTo(web);
        assertThat(way(mesh, "loki.ops", 80).isKnown()).isEqualTo(loki);
    }

    @Test
    void the_one_for_the_workload_comes_before_the_namespaces_before_the_roots() {
        String root = sidecar("root", "istio-system", "egress: [{hosts: ['./*']}]");
        String namespace = sidecar("all", "shop", "egress: [{hosts: ['ops/*']}]");
        String workload = sidecar("web", "shop", "workloadSelector: {labels: {app: web}}, egress: [{hosts: ['~/*']}]");

        assertThat(chosen(root)).isEqualTo("root");
        assertThat(way(mesh(root), "web", 80).isKnown()).isTrue();
        assertThat(chosen(root, namespace)).isEqualTo("all");
        assertThat(chosen(root, namespace, workload)).isEqualTo("web");
        assertThat(chosen(root, sidecar("web", "shop", "workloadSelector: {labels: {app: other}}")))
                .isEqualTo("root");
    }

    private static String chosen(String... sidecars) {
        Mesh mesh = mesh(sidecars);
        return mesh.sidecars()
                .of(Meshes.pod(mesh, "shop", "web"))
                .orElseThrow()
                .manifest()
                .name();
    }

    @Test
    void a_listener_for_a_port_imports_for_that_port() {
        Mesh mesh = mesh(sidecar("default", "shop", "egress: [{port: {number: 80}, hosts: ['ops/*']}]"));

        assertThat(way(mesh, "loki.ops", 80).isKnown()).isTrue();
        assertThat(way(mesh, "api.example.com", 443).isKnown()).isFalse();
    }

    @Test
    void an_outbound_policy_without_a_mode_blocks_what_is_not_known() {
        assertThat(way(mesh(), "other.example.com", 443).isBlocked()).isFalse();
        assertThat(way(mesh(sidecar("a", "shop", "outboundTrafficPolicy: {}")), "other.example.com", 443)
                        .isBlocked())
                .isTrue();
        assertThat(way(mesh(sidecar("a", "shop", "outboundTrafficPolicy: {mode: ALLOW_ANY}")), "other.example.com", 443)
                        .outbound())
                .isEqualTo(Outbound.ALLOW_ANY);
    }

    @Test
    void the_mesh_decides_where_no_sidecar_object_does() {
        Mesh mesh =
                mesh("{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}'}}");

        assertThat(way(mesh, "other.example.com", 443).isBlocked()).isTrue();
        assertThat(way(mesh, "api.example.com", 443).isBlocked()).isFalse();
    }

    @Test
    void a_listener_for_a_port_imports_for_no_other_port() {
        Mesh mesh = mesh(sidecar("default", "shop", "egress: [{port: {number: 80}, hosts: ['*/*']}]"));

        assertThat(way(mesh, "web", 80).isKnown()).isTrue();
        assertThat(way(mesh, "api.example.com", 443).isKnown()).isFalse();
    }

    @Test
    void routes_are_heeded_where_a_listener_of_the_port_imports_one_of_their_hosts() {
        Mesh mesh = mesh(
                sidecar(
                        "default",
                        "shop",
                        "egress: [{port: {number: 80}, hosts: ['ops/*.example.com']}, {hosts: ['./web.shop.svc.cluster.local']}]"));

        assertThat(heeds(mesh, "ops", "a.example.com", 80)).isTrue();
        assertThat(heeds(mesh, "ops", "*", 80)).isTrue();
        assertThat(heeds(mesh, "ops", "a.example.com", 81)).isFalse();
        assertThat(heeds(mesh, "ops", "a.example.org", 80)).isFalse();
        assertThat(heeds(mesh, "edge", "a.example.com", 80)).isFalse();
        assertThat(heeds(mesh, "shop", "web.shop.svc.cluster.local", 81)).isTrue();
    }

    private static boolean heeds(Mesh mesh, String namespace, String host, int port) {
        return mesh.sidecars().heedsRoutes(Meshes.pod(mesh, "shop", "web"), namespace, List.of(host), port);
    }

    @Test
    void an_external_name_that_the_proxy_knows_is_an_alias_and_nothing_else_is() {
        String old = "{apiVersion: v1, kind: Service, metadata: {name: old, namespace: ops}, spec: {type: ExternalName,"
                + " externalName: web.shop.svc.cluster.local, ports: [{name: http, port: 80}]}}";

        assertThat(alias(mesh(old), "old.ops")).isTrue();
        assertThat(alias(mesh(old), "loki.ops")).isFalse();
        assertThat(alias(mesh(old, sidecar("a", "shop", "egress: [{hosts: ['./*']}]")), "old.ops"))
                .isFalse();
    }

    private static boolean alias(Mesh mesh, String written) {
        return mesh.sidecars()
                .alias(Meshes.pod(mesh, "shop", "web"), written, 80)
                .isPresent();
    }

    @Test
    void an_entry_without_addresses_takes_connections_of_the_proxies_that_know_it() {
        String entry =
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: bare, namespace: ops}, spec:"
                        + " {hosts: [db.example], ports: [{number: 99, name: tcp, protocol: TCP}]}}";

        assertThat(bare(mesh(entry))).containsExactly("db.example");
        assertThat(bare(mesh(entry, sidecar("a", "shop", "egress: [{hosts: ['./*']}]"))))
                .isEmpty();
    }

    private static List<String> bare(Mesh mesh) {
        return mesh.sidecars().bare(Meshes.pod(mesh, "shop", "web"), 99, false).stream()
                .map(Service::host)
                .toList();
    }

    @Test
    void a_port_that_a_sidecar_object_opens_is_found_by_its_number() {
        Mesh mesh = mesh(sidecar(
                "a",
                "shop",
                "ingress: [{port: {number: 81, protocol: TCP}}, {port: {number: 82, protocol: HTTP}, defaultEndpoint:"
                        + " '127.0.0.1:8080'}]"));
        Pod web = Meshes.pod(mesh, "shop", "web");

        assertThat(mesh.sidecars().ingress(web, 82))
                .map(SidecarIngress::endpoint)
                .contains("127.0.0.1:8080");
        assertThat(mesh.sidecars().ingress(web, 83))
                .map(SidecarIngress::protocol)
                .contains(Protocol.SNIFFED);

        Mesh without = mesh(sidecar("a", "shop", "egress: [{hosts: ['*/*']}]"));
        assertThat(without.sidecars().ingress(Meshes.pod(without, "shop", "web"), 83))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // protocol and TLS of a port, HTTP is read there, the mode in which the sidecar ends TLS
                "HTTP | '' | true | ''",
                "GRPC | '' | true | ''",
                "TCP | '' | false | ''",
                "HTTPS | '' | false | ''",
                "HTTPS | ', tls: {mode: SIMPLE}' | true | SIMPLE",
                "HTTPS | ', tls: {}' | true | PASSTHROUGH",
                "TCP | ', tls: {mode: MUTUAL}' | false | MUTUAL"
            })
    void http_is_read_where_the_port_says_so_or_the_sidecar_itself_ends_its_tls(
            String protocol, String tls, boolean http, String mode) {
        Mesh mesh =
                mesh(sidecar("a", "shop", "ingress: [{port: {number: 81, protocol: %s}%s}]".formatted(protocol, tls)));
        SidecarIngress listener =
                mesh.sidecars().ingress(Meshes.pod(mesh, "shop", "web"), 81).orElseThrow();

        assertThat(listener.mayBeHttp()).isEqualTo(http);
        assertThat(listener.ownTls().orElse("")).isEqualTo(mode);
    }

    private static boolean knows(String release, String egress, String host, String... others) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                Meshes.service("ops", "loki"),
                Meshes.service("ops", "tempo"),
                sidecar("default", "shop", "egress: [%s]".formatted(egress)),
                String.join("\n---\n", others));
        return way(mesh, host, 80).isKnown();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*, ~ops/* | true | false | false",
                "*/*, ~ops/loki.ops.svc.cluster.local | true | false | true",
                "*/*, ~/loki.ops.svc.cluster.local | true | false | true",
                "*/*, ~./* | false | true | true",
                "~/* | false | false | false",
                "ops/*, ~ops/*.svc.cluster.local | false | false | false"
            })
    void a_tilde_takes_out_again_what_is_imported_since_1_31(String entries, boolean web, boolean loki, boolean tempo) {
        String egress = "{hosts: ['%s']}".formatted(entries.replace(", ", "', '"));

        assertThat(knows("1.31", egress, "web")).isEqualTo(web);
        assertThat(knows("1.31", egress, "loki.ops")).isEqualTo(loki);
        assertThat(knows("1.31", egress, "tempo.ops")).isEqualTo(tempo);
        assertThat(knows("1.30", "{hosts: ['*/*', '~ops/*']}", "loki.ops")).isTrue();
    }

    /** Istio issue 16885. */
    @Test
    void a_listener_for_a_port_has_all_of_its_http() {
        String all = "{hosts: ['*/*']}";
        String one = "{port: {number: 80, protocol: %s, name: x}, hosts: ['ops/loki.ops.svc.cluster.local']}";

        assertThat(knows("1.30", one.formatted("HTTP") + "," + all, "loki.ops")).isTrue();
        assertThat(knows("1.30", one.formatted("HTTP") + "," + all, "tempo.ops"))
                .isFalse();
        assertThat(knows("1.30", one.formatted("HTTP").replace("80", "81") + "," + all, "tempo.ops"))
                .isTrue();
        assertThat(knows("1.30", one.formatted("TCP") + "," + all, "tempo.ops")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | true",
                "ops/* | true",
                "./*, ops/* | true",
                "ops/loki.ops.svc.cluster.local | false",
                "*/*, ops/loki.ops.svc.cluster.local | false",
                "ops/loki.ops.svc.cluster.local, ops/alias.shop.svc.cluster.local | true",
                "./alias.shop.svc.cluster.local, ops/loki.ops.svc.cluster.local | false"
            })
    void another_name_is_known_where_it_fits_what_imports_the_service(String entries, boolean known) {
        String alias = "{apiVersion: v1, kind: Service, metadata: {name: alias, namespace: shop},"
                + " spec: {type: ExternalName, externalName: loki.ops.svc.cluster.local, ports: [{name: http, port: 80}]}}";
        String egress = "{hosts: ['%s']}".formatted(entries.replace(", ", "', '"));

        assertThat(knows("1.30", egress, "loki.ops")).isTrue();
        assertThat(knows("1.30", egress, "alias.shop", alias)).isEqualTo(known);
    }
}
