package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must not change how requests end. */
class TraceProperties {
    private static final List<String> ENVIRONMENTS = List.of("azure", "egov", "homelab");
    private static final Map<String, List<String>> DOCUMENTS = new LinkedHashMap<>();
    private static final Map<String, List<Verdict>> VERDICTS = new LinkedHashMap<>();

    static {
        for (String environment : ENVIRONMENTS) {
            DOCUMENTS.put(environment, documents(environment));
            VERDICTS.put(environment, verdicts(environment, DOCUMENTS.get(environment)));
        }
    }

    private static List<String> documents(String environment) {
        try (Stream<Path> files = Files.walk(Fixtures.dist().resolve(environment))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Verdict> verdicts(String environment, List<String> documents) {
        Trace trace = trace(documents);
        return rows(environment).stream()
                .map(row -> trace.follow(row.request()).verdict())
                .toList();
    }

    private static List<RequestRow> rows(String environment) {
        return RequestTable.read(Path.of("test/resources/trace/%s.yaml".formatted(environment)));
    }

    private static Trace trace(List<String> documents) {
        Manifests manifests =
                ManifestReader.of("all.yaml", String.join("\n---\n", documents)).manifests();
        return Trace.of(Mesh.of(manifests));
    }

    @Provide
    Arbitrary<String> environments() {
        return Arbitraries.of(ENVIRONMENTS);
    }

    @Property(tries = 12)
    void the_order_of_documents_does_not_matter(@ForAll("environments") String environment, @ForAll long seed) {
        List<String> shuffled = new ArrayList<>(DOCUMENTS.get(environment));
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(verdicts(environment, shuffled)).isEqualTo(VERDICTS.get(environment));
    }

    @Property(tries = 12)
    void a_namespace_with_policies_of_its_own_does_not_matter(
            @ForAll("environments") String environment, @ForAll("names") String name) {
        List<String> more = new ArrayList<>(DOCUMENTS.get(environment));
        more.add(Samples.deployment("x-".concat(name), "web").replaceFirst("---\n", ""));
        more.add("{apiVersion: v1, kind: Namespace, metadata: {name: x-%s, labels: {istio-injection: enabled}}}"
                .formatted(name));
        more.add(
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: x-%s}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}"
                        .formatted(name));
        more.add(
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: deny, namespace: x-%s}, spec: {}}"
                        .formatted(name));
        more.add(
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: x-%s}, spec: {podSelector: {}}}"
                        .formatted(name));
        more.add(
                "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: off, namespace: x-%s}, spec: {mtls: {mode: DISABLE}}}"
                        .formatted(name));

        assertThat(verdicts(environment, more)).isEqualTo(VERDICTS.get(environment));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
    }

    @Property(tries = 12)
    void the_name_of_a_namespace_does_not_matter(@ForAll("names") String name) {
        String to = "ns-".concat(name);
        List<String> routes = List.of(
                Samples.SHOP,
                Samples.routes(
                        "[{route: [{destination: {host: web}, weight: 1}, {destination: {host: cart}, weight: 3}]}]"),
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: callers, namespace:"
                        + " shop}, spec: {selector: {matchLabels: {app: web}}, rules: [{from: [{source: {principals:"
                        + " [cluster.local/ns/shop/sa/cart]}}]}]}}",
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: callers, namespace: shop},"
                        + " spec: {podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{namespaceSelector:"
                        + " {matchLabels: {kubernetes.io/metadata.name: shop}}}]}]}}");
        List<String> renamed =
                routes.stream().map(document -> moved(document, to)).toList();

        for (String caller : List.of(Request.INTERNET, "shop/web", "shop/cart", "legacy/batch")) {
            for (String url : List.of("http://web.shop/", "http://cart.shop/", "http://shop.example.org/")) {
                Verdict before = trace(routes).request("GET", url).from(caller).verdict();
                Verdict after = trace(renamed)
                        .request("GET", url.replace(".shop/", ".%s/".formatted(to)))
                        .from(caller.replace("shop/", to.concat("/")))
                        .verdict();
                assertThat(moved(before.toString(), to)).isEqualTo(after.toString());
            }
        }
    }

    /** Where {@code shop} means the namespace, as opposed to a host of the public or an object of that name. */
    private static String moved(String text, String to) {
        return text.replace("namespace: shop", "namespace: ".concat(to))
                .replace("name: shop, labels", "name: %s, labels".formatted(to))
                .replace("/ns/shop/", "/ns/%s/".formatted(to))
                .replace("metadata.name: shop", "metadata.name: ".concat(to))
                .replace(".shop.svc", ".%s.svc".formatted(to))
                .replace("shop/web", to.concat("/web"))
                .replace("shop/cart", to.concat("/cart"))
                .replace("web.shop", "web.".concat(to))
                .replace("cart.shop", "cart.".concat(to));
    }

    @Property(tries = 30)
    void one_field_that_goes_wrong_changes_the_end(@ForAll("mutations") Mutation mutation) {
        List<String> mutated = DOCUMENTS.get(mutation.environment()).stream()
                .map(document ->
                        document.contains(mutation.in()) ? document.replace(mutation.from(), mutation.to()) : document)
                .toList();

        assertThat(mutated).isNotEqualTo(DOCUMENTS.get(mutation.environment()));
        assertThat(verdicts(mutation.environment(), mutated)).isNotEqualTo(VERDICTS.get(mutation.environment()));
    }

    /** A text that is replaced by another in every document that holds a third. */
    record Mutation(String environment, String in, String from, String to) {}

    @Provide
    Arbitrary<Mutation> mutations() {
        return Arbitraries.of(
                new Mutation("azure", "kind: DestinationRule", "name: v2", "name: v3"),
                new Mutation("azure", "name: user-service-callers", "/sa/sangsang-plus-gateway", "/sa/somebody"),
                new Mutation("azure", "kind: NetworkPolicy", "app: sangsang-plus-gateway", "app: somebody"),
                new Mutation("azure", "kind: Gateway", "- app.buildingbite.com", "- shop.buildingbite.com"),
                new Mutation("azure", "kind: VirtualService", "host: keycloak.keycloak", "host: keycloak.identity"),
                new Mutation("homelab", "kind: Service\n", "targetPort: 8080", "targetPort: 8081"),
                new Mutation("homelab", "kind: DestinationRule", "name: stable", "name: steady"),
                new Mutation("egov", "kind: Service\n", "app: egov-hello", "app: egov-hallo"),
                new Mutation("egov", "kind: PeerAuthentication", "mode: STRICT", "mode: DISABLE"));
    }
}
