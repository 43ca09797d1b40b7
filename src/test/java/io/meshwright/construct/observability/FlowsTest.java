package io.meshwright.construct.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cdk8s.Testing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a tool's own configuration names, it may call by the NetworkPolicies of both ends. */
class FlowsTest {
    private static final Pattern ADDRESS = Pattern.compile("\\b([a-z-]+)\\.([a-z-]+)\\.svc:([0-9]+)");
    private static final Party GATEWAY = Party.meshed(
            Name.of("gateway"),
            Identity.of(Name.of("istio-system"), Name.of("istio-ingressgateway")),
            Map.of("istio", "ingressgateway"),
            TargetPort.http(8080));

    static Stream<Settings> settings() {
        return Stream.of(Samples.subPaths(), Samples.hosts(), Samples.provider(), Samples.watched());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void are_admitted_at_both_ends(Settings settings) {
        List<JsonNode> objects = objects(settings);
        List<Flow> flows = objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap"))
                .flatMap(FlowsTest::named)
                .distinct()
                .toList();

        assertThat(flows).hasSizeGreaterThan(8).allSatisfy(flow -> {
            assertThat(admits(objects, flow.server(), "ingress", "from", flow.client(), flow.port()))
                    .as("in: %s", flow)
                    .isTrue();
            if (!flow.client().namespace().equals("istio-system")) {
                assertThat(admits(objects, flow.client(), "egress", "to", flow.server(), flow.port()))
                        .as("out: %s", flow)
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("settings")
    void of_scrapes_are_admitted_where_the_annotations_lead(Settings settings) {
        List<JsonNode> objects = objects(settings);
        App prometheus = new App(settings.domain().namespace(), "prometheus");
        List<JsonNode> scraped = objects.stream()
                .filter(object -> object.at("/spec/template/metadata/annotations/prometheus.io~1scrape")
                                .asText()
                                .equals("true")
                        && !object.at("/metadata/namespace").asText().equals("istio-system")
                        && !object.at("/metadata/name").asText().equals("prometheus"))
                .toList();

        assertThat(scraped).hasSizeGreaterThan(4).allSatisfy(workload -> {
            JsonNode pod = workload.at("/spec/template/metadata");
            boolean injected =
                    pod.at("/labels/sidecar.istio.io~1inject").asText().equals("true");
            int port = injected
                    ? 15020
                    : pod.at("/annotations/prometheus.io~1port").asInt();
            App app = new App(
                    workload.at("/metadata/namespace").asText(),
                    pod.at("/labels/app").asText());
            assertThat(admits(objects, app, "ingress", "from", prometheus, port))
                    .as("%s on %d", app, port)
                    .isTrue();
            assertThat(admits(objects, prometheus, "egress", "to", app, port))
                    .as("to %s on %d", app, port)
                    .isTrue();
        });
    }

    private static Stream<Flow> named(JsonNode configMap) {
        App client = new App(
                configMap.at("/metadata/namespace").asText(),
                configMap.at("/metadata/labels/app").asText());
        return ADDRESS.matcher(configMap.path("data").toString())
                .results()
                .map(found ->
                        new Flow(client, new App(found.group(2), found.group(1)), Integer.parseInt(found.group(3))))
                .filter(flow -> !flow.client().name().equals(flow.server().name()));
    }

    private static boolean admits(
            List<JsonNode> objects, App guarded, String direction, String side, App other, int port) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("NetworkPolicy")
                        && object.at("/metadata/namespace").asText().equals(guarded.namespace())
                        && object.at("/spec/podSelector/matchLabels/app")
                                .asText()
                                .equals(guarded.name()))
                .flatMap(policy -> elements(policy.at("/spec/%s".formatted(direction))))
                .anyMatch(rule -> elements(rule.path("ports"))
                                .anyMatch(each -> each.path("port").asInt() == port)
                        && elements(rule.path(side))
                                .anyMatch(peer -> peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                                                .asText()
                                                .equals(other.namespace())
                                        && peer.at("/podSelector/matchLabels/app")
                                                .asText()
                                                .equals(other.name())));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<JsonNode> objects(Settings settings) {
        ObservabilityStack stack = ObservabilityStack.Builder.create(Testing.app(), "monitoring")
                .settings(settings)
                .releases(Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")))
                .entrance(Entrance.guarded(GATEWAY))
                .build();
        List<JsonNode> objects = new ArrayList<>();
        new ObjectMapper().valueToTree(Testing.synth(stack)).forEach(objects::add);
        return objects;
    }

    /** Pods of one program. */
    private record App(String namespace, String name) {}

    private record Flow(App client, App server, int port) {}
}
