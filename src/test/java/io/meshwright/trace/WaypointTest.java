package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WaypointTest {
    static final String WAY = gateway("flat", "way", "", "");
    static final String LABELLED = service("flat", "web", "istio.io/use-waypoint: way");
    static final String TO_JOB =
            route("VirtualService", "v", "flat", "hosts: [web], http: [{route: [{destination: {host: job}}]}]");

    static String namespace(String name, String labels) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {istio.io/dataplane-mode: ambient, %s}}}"
                .formatted(name, labels);
    }

    static String gateway(String namespace, String name, String labels, String routes) {
        return """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {namespace: %s, name: %s, labels: {%s}}, spec: {
              gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE%s}]}}
            """.formatted(
                        namespace,
                        name,
                        labels,
                        routes.isEmpty() ? "" : ", allowedRoutes: {namespaces: {%s}}".formatted(routes));
    }

    static String service(String namespace, String name, String labels) {
        return """
            {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: %s, labels: {%s}}, spec: {selector: {app: %1$s},
              ports: [{name: http, port: 80, targetPort: 8080}, {name: tcp-db, port: 3306, targetPort: 3306}]}}
            """.formatted(name, namespace, labels);
    }

    static String route(String kind, String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: %s, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(kind, name, namespace, spec);
    }

    /** The web and the job of an ambient namespace, and what else a test says. */
    static Trace trace(String version, String... documents) {
        String text = Arrays.stream(documents)
                .map(document -> "\n---\n".concat(document))
                .collect(Collectors.joining());
        return Trace.of(Mesh.of(
                ManifestReader.of(
                                "test.yaml",
                                service("flat", "job", "")
                                        .concat(deployment("flat", "web"))
                                        .concat(deployment("flat", "job"))
                                        .concat(text))
                        .manifests(),
                IstioVersion.of(version)));
    }

    static Verdict ask(String... documents) {
        return trace("1.30.3", documents)
                .request("GET", "http://web.flat/")
                .from("flat/job")
                .verdict();
    }

    private static void leadsTo(Verdict verdict, String service) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).startsWith(service.concat(".")));
    }

    @Test
    void heeds_the_routes_of_the_service_that_uses_it() {
        leadsTo(ask(namespace("flat", ""), WAY, LABELLED, TO_JOB), "job");
        leadsTo(ask(namespace("flat", ""), WAY, LABELLED), "web");
        leadsTo(ask(namespace("flat", ""), WAY, LABELLED, """
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: flat}, spec: {
              parentRefs: [{group: "", kind: Service, name: web}], rules: [{backendRefs: [{name: job, port: 80}]}]}}
            """), "job");
        assertThat(ask(
                                namespace("flat", ""),
                                WAY,
                                LABELLED,
                                TO_JOB.replace("http: [{", "http: [{match: [{uri: {prefix: /x}}], "))
                        .isAnswered(404))
                .isTrue();
    }

    @Test
    void the_label_of_the_service_goes_before_the_one_of_its_namespace() {
        String around = namespace("flat", "istio.io/use-waypoint: way");

        leadsTo(ask(around, WAY, service("flat", "web", ""), TO_JOB), "job");
        leadsTo(ask(around, WAY, service("flat", "web", "istio.io/use-waypoint: none"), TO_JOB), "web");
        assertThat(ask(around, WAY, service("flat", "web", "istio.io/use-waypoint: other"), TO_JOB))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("the Gateway flat/other of a waypoint is not among the manifests"));
    }

    @Test
    void is_for_services_unless_its_gateway_or_class_says_otherwise() {
        String theirs =
                "{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: istio-waypoint,"
                        + " labels: {istio.io/waypoint-for: workload}}, spec: {controllerName: istio.io/mesh-controller}}";

        for (String traffic : new String[] {"service", "all"}) {
            leadsTo(
                    ask(
                            namespace("flat", ""),
                            gateway("flat", "way", "istio.io/waypoint-for: " + traffic, ""),
                            LABELLED,
                            TO_JOB),
                    "job");
        }
        for (String traffic : new String[] {"workload", "none"}) {
            leadsTo(
                    ask(
                            namespace("flat", ""),
                            gateway("flat", "way", "istio.io/waypoint-for: " + traffic, ""),
                            LABELLED,
                            TO_JOB),
                    "web");
        }
        leadsTo(ask(namespace("flat", ""), WAY, theirs, LABELLED, TO_JOB), "web");
        leadsTo(
                ask(
                        namespace("flat", ""),
                        gateway("flat", "way", "istio.io/waypoint-for: all", ""),
                        theirs,
                        LABELLED,
                        TO_JOB),
                "job");
    }

    @Test
    void takes_services_of_other_namespaces_only_where_its_listener_admits_them() {
        String labelled = service("flat", "web", "istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: common");

        leadsTo(ask(namespace("flat", ""), gateway("common", "way", "", "from: All"), labelled, TO_JOB), "job");
        leadsTo(ask(namespace("flat", ""), gateway("common", "way", "", ""), labelled, TO_JOB), "web");
        leadsTo(
                ask(
                        namespace("flat", "team: a"),
                        gateway("common", "way", "", "from: Selector, selector: {matchLabels: {team: a}}"),
                        labelled,
                        TO_JOB),
                "job");
        leadsTo(
                ask(
                        namespace("flat", "team: b"),
                        gateway("common", "way", "", "from: Selector, selector: {matchLabels: {team: a}}"),
                        labelled,
                        TO_JOB),
                "web");
    }

    @Test
    void a_gateway_of_another_class_stays_unknown() {
        assertThat(ask(
                        namespace("flat", ""),
                        WAY.replace("gatewayClassName: istio-waypoint", "gatewayClassName: kgateway"),
                        LABELLED))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("not of the class istio-waypoint"));
    }

    @Test
    void sidecars_pass_it_by_and_callers_outside_the_mesh_do_too() {
        String side = "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s}}}";
        String export = TO_JOB.replace("hosts: [web]", "exportTo: ['.'], hosts: [web]");
        String[] documents = {
            namespace("flat", ""),
            WAY,
            LABELLED,
            export,
            side.formatted("old", "istio-injection: enabled"),
            side.formatted("bare", "a: b"),
            deployment("old", "app"),
            deployment("bare", "app")
        };

        for (String caller : new String[] {"old/app", "bare/app"}) {
            leadsTo(
                    trace("1.30.3", documents)
                            .request("GET", "http://web.flat/")
                            .from(caller)
                            .verdict(),
                    "web");
        }
    }

    @Test
    void matches_labels_of_callers_never_and_drops_such_routes() {
        String labels =
                "hosts: [web], http: [{match: [{sourceLabels: {app: job}}], route: [{destination: {host: job}}]}, %s]";

        leadsTo(
                ask(
                        namespace("flat", ""),
                        WAY,
                        LABELLED,
                        route(
                                "VirtualService",
                                "v",
                                "flat",
                                labels.formatted("{route: [{destination: {host: web}}]}"))),
                "web");
    }

    @Test
    void newer_releases_heed_all_virtual_services_of_a_service_and_older_ones_the_first() {
        String first = route(
                        "VirtualService",
                        "a",
                        "flat",
                        "hosts: [web], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: web}}]}]")
                .replace("name: a,", "name: a, creationTimestamp: '2024-01-01T00:00:00Z',");
        String second = TO_JOB.replace("name: v,", "name: v, creationTimestamp: '2024-02-01T00:00:00Z',");

        for (String release : new String[] {"1.28.6", "1.29.2", "1.30.0"}) {
            leadsTo(
                    trace(release, namespace("flat", ""), WAY, LABELLED, first, second)
                            .request("GET", "http://web.flat/")
                            .from("flat/job")
                            .verdict(),
                    "job");
        }
        for (String release : new String[] {"1.26.2", "1.28.5", "1.29.1"}) {
            assertThat(trace(release, namespace("flat", ""), WAY, LABELLED, first, second)
                            .request("GET", "http://web.flat/")
                            .from("flat/job")
                            .verdict()
                            .isAnswered(404))
                    .as(release)
                    .isTrue();
        }
    }

    @Test
    void which_of_two_routes_is_older_is_unknown_unless_they_tell() {
        assertThat(ask(
                        namespace("flat", ""),
                        WAY,
                        LABELLED,
                        TO_JOB,
                        TO_JOB.replace("name: v,", "name: w,").replace("host: job", "host: web")))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("created first"));
    }

    @Test
    void heeds_subsets_of_destination_rules_and_answers_where_there_is_none() {
        String subset = TO_JOB.replace("host: job", "host: web, subset: v1");
        String rule = route("DestinationRule", "d", "flat", "host: web, subsets: [{name: v1, labels: {app: web}}]");

        leadsTo(ask(namespace("flat", ""), WAY, LABELLED, subset, rule), "web");
        assertThat(ask(namespace("flat", ""), WAY, LABELLED, subset))
                .isInstanceOfSatisfying(Answered.class, answered -> {
                    assertThat(answered.status()).isEqualTo(503);
                    assertThat(answered.flag()).isEqualTo("NC");
                });
    }

    @Test
    void connections_of_bytes_go_by_tcp_entries() {
        String db = route(
                "VirtualService",
                "db",
                "flat",
                "hosts: [web], tcp: [{match: [{port: 3306}], route: [{destination: {host: job, port: {number:"
                        + " 3306}}}]}]");
        Trace trace = trace("1.30.3", namespace("flat", ""), WAY, LABELLED, db);

        leadsTo(trace.request("GET", "tcp://web.flat:3306").from("flat/job").verdict(), "job");
        leadsTo(trace.request("GET", "http://web.flat/").from("flat/job").verdict(), "web");
    }

    @Test
    void stands_before_services_outside_that_use_it() {
        String entry = """
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: bank, namespace: flat, labels: {istio.io/use-waypoint: way}},
              spec: {hosts: [bank.example.net], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}}
            """;
        String denied = route(
                "VirtualService", "v", "flat", "hosts: [bank.example.net], http: [{directResponse: {status: 451}}]");

        assertThat(trace("1.30.3", namespace("flat", ""), WAY, entry, denied)
                        .request("GET", "http://bank.example.net/")
                        .from("flat/job")
                        .verdict()
                        .isAnswered(451))
                .isTrue();
        assertThat(trace("1.30.3", namespace("flat", ""), WAY, entry)
                        .request("GET", "http://bank.example.net/")
                        .from("flat/job")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void heeds_routes_of_an_entry_s_own_namespace_wherever_it_stands_and_not_those_of_others() {
        String entry = """
                {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: flat, labels: {istio.io/use-waypoint: exit, istio.io/use-waypoint-namespace: guild}}, spec: {
                  hosts: [far.example.com], resolution: DNS, location: MESH_EXTERNAL,
                  ports: [{name: http, number: 80, protocol: HTTP}, {name: https, number: 443, protocol: HTTPS}]}}
                """;
        String route = """
                {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: port, namespace: %s}, spec: {
                  parentRefs: [{kind: ServiceEntry, group: networking.istio.io, name: far, namespace: flat}],
                  rules: [{backendRefs: [{kind: Hostname, group: networking.istio.io, name: far.example.com, port: 443}]}]}}
                """;
        String rule =
                route("DestinationRule", "tls", "flat", "host: far.example.com, trafficPolicy: {tls: {mode: SIMPLE}}");
        String exit = gateway("guild", "exit", "", "from: All");

        assertThat(asked(namespace("flat", ""), namespace("guild", ""), exit, entry, rule, route.formatted("flat")))
                .asString()
                .contains("host=far.example.com", "port=443");
        assertThat(asked(namespace("flat", ""), namespace("guild", ""), exit, entry, rule, route.formatted("other")))
                .isInstanceOf(Unknown.class);
    }

    private static Verdict asked(String... documents) {
        return trace("1.30.3", documents)
                .request("GET", "http://far.example.com/")
                .from("flat/job")
                .verdict();
    }
}
