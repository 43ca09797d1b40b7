package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How manifests are written down does not change what is found in them. */
class CheckProperties {
    private static final List<String> OBJECTS = List.of("""
      {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}""", """
      {apiVersion: v1, kind: Namespace, metadata: {name: edge}}""", """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web, version: v1}}
          spec: {containers: [{name: web, image: "example.com/web:1", ports: [{containerPort: 8080}]}]}""", """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}""", """
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: shop}
      spec: {selector: {app: db}, ports: [{port: 3306}]}""", """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web, namespace: shop}
      spec:
        hosts: [web]
        http:
          - match: [{uri: {prefix: /}}]
            route: [{destination: {host: web, subset: v9}}]
          - match: [{uri: {prefix: /api}}]
            route: [{destination: {host: gone}}]""", """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: other, namespace: shop}
      spec:
        hosts: [web.shop.svc.cluster.local]
        gateways: [mesh, missing]
        http: [{route: [{destination: {host: web}}]}]""", """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: shop}
      spec:
        host: web
        trafficPolicy: {outlierDetection: {maxEjectionPercent: 100}, tls: {mode: DISABLE}}
        subsets: [{name: v1, labels: {version: v1}}]""", """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: default, namespace: shop}
      spec: {mtls: {mode: STRICT}}""", """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: allow-web, namespace: shop}
      spec:
        selector: {matchLabels: {app: web}}
        rules: [{from: [{source: {namespaces: [nobody]}}], to: [{operation: {methods: [get], ports: ["80"]}}]}]""", """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: web, namespace: edge}
      spec:
        selector: {istio: edge}
        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [web.example.com]}]""");

    private static final TreeSet<String> EXPECTED = facts(read(OBJECTS));

    private static Findings read(List<String> files) {
        ManifestReader reader = new ManifestReader();
        IntStream.range(0, files.size())
                .forEach(index -> reader.text("all/%d.yaml".formatted(index), files.get(index)));
        return Checks.run(reader.read(), Optional.empty());
    }

    /** All that a finding says but its place. */
    private static TreeSet<String> facts(Findings findings) {
        return findings.all().stream()
                .map(finding ->
                        String.join(" ", where(finding), finding.message().replaceAll("line \\d+", "a line")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> places(Findings findings) {
        return findings.all().stream().map(CheckProperties::where).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String where(Finding finding) {
        return String.join(
                " ",
                finding.rule().code(),
                finding.severity().word(),
                finding.object(),
                finding.source().map(Source::pointer).orElse(""));
    }

    private static String json(String document) {
        return ManifestReader.of("x", document).manifests().all().stream()
                .map(Manifest::body)
                .findFirst()
                .orElseThrow()
                .toPrettyString();
    }

    @Example
    void many_rules_speak_of_the_sample() {
        assertThat(EXPECTED.stream().map(fact -> fact.substring(0, 7)).distinct())
                .hasSizeGreaterThan(9);
    }

    @Property(tries = 40)
    void the_order_of_documents_and_how_they_are_joined_to_files_change_nothing(
            @ForAll("orders") List<String> objects, @ForAll @Size(11) List<Boolean> ends) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < objects.size(); index++) {
            text.append(objects.get(index)).append(ends.get(index) ? "\n=====\n" : "\n---\n");
        }

        assertThat(facts(read(List.of(text.toString().split("\n=====\n"))))).isEqualTo(EXPECTED);
    }

    @Property(tries = 40)
    void json_lists_and_documents_say_the_same_as_yaml(
            @ForAll("orders") List<String> objects,
            @ForAll @IntRange(max = 11) int listed,
            @ForAll @Size(11) List<Boolean> asJson) {
        String list = "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [%s]}"
                .formatted(objects.subList(0, listed).stream()
                        .map(CheckProperties::json)
                        .collect(Collectors.joining(",\n")));
        Stream<String> rest = IntStream.range(listed, objects.size())
                .mapToObj(index -> asJson.get(index) ? json(objects.get(index)) : objects.get(index));

        assertThat(facts(read(Stream.concat(Stream.of(list), rest).toList()))).isEqualTo(EXPECTED);
    }

    @Property(tries = 40)
    void the_names_of_namespaces_change_nothing(@ForAll("names") String shop, @ForAll("names") String edge) {
        List<String> renamed = OBJECTS.stream()
                .map(object -> object.replace("namespace: shop", "namespace: %s-s".formatted(shop))
                        .replace("{name: shop", "{name: %s-s".formatted(shop))
                        .replace(".shop.svc", ".%s-s.svc".formatted(shop))
                        .replace("namespace: edge", "namespace: %s-e".formatted(edge))
                        .replace("{name: edge", "{name: %s-e".formatted(edge)))
                .toList();
        TreeSet<String> found = places(read(renamed)).stream()
                .map(fact -> fact.replaceAll(" %s-s\\b".formatted(shop), " shop")
                        .replaceAll(" %s-e\\b".formatted(edge), " edge"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(places(read(OBJECTS)));
    }

    @Property(tries = 20)
    void a_namespace_that_has_nothing_to_do_with_it_changes_nothing(
            @ForAll("names") String name, @ForAll @IntRange(max = 11) int at) {
        List<String> more = new ArrayList<>(OBJECTS);
        more.add(at, """
        {apiVersion: v1, kind: Namespace, metadata: {name: %1$s-x, labels: {istio-injection: disabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: far, namespace: %1$s-x}
        spec:
          selector: {matchLabels: {app: far}}
          template:
            metadata: {labels: {app: far}}
            spec: {containers: [{name: far, image: "example.com/far:1", ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: far, namespace: %1$s-x}
        spec: {selector: {app: far}, ports: [{name: http, port: 80, targetPort: 8080}]}
        """.formatted(name));

        assertThat(facts(read(more))).isEqualTo(EXPECTED);
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.shuffle(OBJECTS);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    }
}
