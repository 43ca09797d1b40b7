package io.meshwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.MeshGateway;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cdk8s.App;
import org.junit.jupiter.api.Test;

/**
 * Each key of a service beside each other one that changes how the service is run or called: together they are refused
 * with their place, or both change the manifests. Otherwise a person believes that he has decided something.
 */
class KeysOfServicesTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final JsonPointer POD = JsonPointer.compile("/services/web");
    private static final Path BASE = Path.of("test/resources/agreement/base.yaml");
    private static final String SHOP = """
        externals: {payment: {type: httpsApi, hosts: [pay.example.com]}}
        gateway:
          listeners:
            - {port: 80, protocol: HTTP, hosts: ["*.example.org"]}
            - {port: 5432, protocol: TCP, hosts: ["*"]}
        services:
          web: {allowFrom: [gateway, api], routes: [{host: web.example.org, prefix: /}]}
          api: {uses: [payment]}
        """;

    /** What surrounds a service: another mode of it, of its namespace, or of the mesh. */
    private static final List<String> MODES = List.of(
            "{}",
            "istio: {mtls: PERMISSIVE}\nservices: {web: {mesh: false, routes: []}}",
            "namespaces: {shop: {inject: false}}\nservices: {web: {routes: []}}",
            "services: {web: {ports: [{name: redis, port: 80, protocol: redis}], routes: []}}",
            "services: {web: {ports: [{name: http, port: 80}, {name: redis, port: 81, protocol: redis}]}}",
            "services: {web: {ports: [{name: http, port: 80}, {name: sql, port: 81, protocol: tcp}],"
                    + " connections: [{listener: 5432, port: 81}]}}",
            "services: {web: {allowFrom: [api], routes: []}}",
            "services: {web: {allowFrom: [gateway]}}",
            "services: {web: {allowFrom: [], routes: []}}",
            "services: {web: {ports: [], allowFrom: [], routes: []}}",
            "services: {web: {ports: [], allowFrom: [], routes: [], workload: {type: job}}}",
            "services: {web: {workload: {type: statefulSet}}}",
            "istio: {mtls: PERMISSIVE}\nservices: {web: {tls: DISABLE}}",
            "services: {web: {authorization: DRY_RUN}}",
            "services: {web: {routes: [{host: web.example.org, prefix: /, stream: sse}]}}",
            "services: {web: {release: {type: canary, engine: rollouts, steps: [10]}}}",
            "services: {web: {release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}]}}}",
            "services: {web: {release: {type: blueGreen, versions: [{name: b}, {name: g}], active: b}}}",
            "services: {web: {release: {type: mirror, live: {name: v1}, shadow: {name: v2}}}}",
            "services: {web: {scale: {autoscale: {type: keda, maxReplicas: 9, requestsPerSecond: 20}}}}",
            "services: {web: {scale: {replicas: 1}, container: {storage: {size: 1Gi, mountPath: /data}}}}",
            "istio: {mtls: PERMISSIVE, authorization: DRY_RUN, outbound: ALLOW_ANY}",
            "istio: {circuitBreakers: false}");

    /** Every optional key of a service, with a value that is not its default. */
    private static final List<String> KEYS = List.of(
            "app: shopfront",
            "scale: {replicas: 3}",
            "scale: {autoscale: {type: hpa, maxReplicas: 7}}",
            "scale: {autoscale: {type: keda, maxReplicas: 7, requestsPerSecond: 10}}",
            "scale: {autoscale: {type: keda, maxReplicas: 7, requestsPerSecond: 10, lastWeek: true,"
                    + " schedules: [{timeZone: Asia/Seoul, start: 0 8 * * 1-5, end: 0 20 * * 1-5, replicas: 3}]}}",
            "scale: {vpa: {}}",
            "scale: {vpa: {controlledResources: [memory], maxAllowed: {memory: 1Gi}}}",
            "mesh: false",
            "allowFrom: [{from: gateway, methods: [GET]}]",
            "allowFrom: [{from: api, paths: [/a]}]",
            "authorization: DRY_RUN",
            "uses: [payment]",
            "tls: ISTIO_MUTUAL",
            "tls: DISABLE",
            "resilience: {timeout: 31s}",
            "resilience: {retries: {attempts: 1}}",
            "resilience: {connectionPool: {tcp: {maxConnections: 10}}}",
            "resilience: {circuitBreaker: {interval: 7s}}",
            "resilience: {loadBalancer: {simple: ROUND_ROBIN}}",
            "resilience: {locality: {distribute: [{from: a, to: {a: 80, b: 20}}]}}",
            "resilience: {rateLimit: {requests: 10}}",
            "release: {type: canary, engine: rollouts, steps: [20]}",
            "release: {type: canary, versions: [{name: v1, weight: 80}, {name: v2, weight: 20}]}",
            "release: {type: abTest, by: {header: team}, versions: [{name: v1}, {name: v2, groups: [beta]}]}",
            "release: {type: blueGreen, versions: [{name: b}, {name: g}], active: g}",
            "release: {type: mirror, live: {name: v1}, shadow: {name: v2}, percent: 50}",
            "routes: [{host: shop.example.org, prefix: /}]",
            "routes: [{host: web, prefix: /, timeout: 8s}]",
            "connections: [{listener: 5432}]",
            "metrics: {path: /metrics}",
            "proxyMetadata: {TEAM: shop}",
            "pod: {workloadIdentity: {type: google, serviceAccount: web@shop-prod.iam.gserviceaccount.com}}",
            "container: {command: [/bin/httpd]}",
            "container: {args: [-f]}",
            "container: {env: {A: b}}",
            "container: {env: {A: {fieldRef: status.podIP}}}",
            "container: {env: {A: {configMapKeyRef: {name: settings, key: a}}}}",
            "container: {secretEnv: {A: secret/a}}",
            "container: {probes: {ready: /ready}}",
            "container: {user: 999}",
            "container: {writable: [/run]}",
            "container: {storage: {size: 2Gi, mountPath: /data}}",
            "container: {envFrom: [{secretRef: keys}]}",
            "container: {lifecycle: {preStop: {sleep: {seconds: 5}}}}",
            "container: {files: {/etc/web.conf: a}}",
            "container: {securityContext: {readOnlyRootFilesystem: false, reason: a reason}}",
            "workload: {type: statefulSet}",
            "workload: {type: job}",
            "workload: {type: existing, labels: {run: web}}",
            "pod: {nodeSelector: {disk: ssd}}",
            "pod: {terminationGracePeriodSeconds: 60}",
            "pod: {serviceAccountName: shopfront}",
            "pod: {role: {rules: [{apiGroups: [''], resources: [configmaps], verbs: [get]}]}}",
            "pod: {initContainers: {migrate: {resources: {requests: {cpu: 1m, memory: 1Mi}, limits: {memory: 1Mi}}}}}");

    /** Switches whose words say that what they switch off waits for the day. */
    private static final Set<String> SWITCHED_OFF = Set.of(
            "istio: {circuitBreakers: false} | resilience: {circuitBreaker: {interval: 7s}}",
            "istio: {mtls: PERMISSIVE, authorization: DRY_RUN, outbound: ALLOW_ANY} | uses: [payment]",
            // Said twice: neither the namespace nor the service has a sidecar.
            "namespaces: {shop: {inject: false}}\nservices: {web: {routes: []}} | mesh: false");

    /** Keys that say what they are for the reader, since there is but one value. */
    private static final Set<String> ONE_VALUE = Set.of("driver");

    @Test
    void are_refused_together_or_both_change_the_manifests() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String mode : MODES) {
            Optional<String> alone = manifests(mode);
            if (alone.isEmpty()) {
                wrong.add("refused alone: %s".formatted(mode));
            }
            for (String key : KEYS) {
                if (mode.contains(key) || SWITCHED_OFF.contains("%s | %s".formatted(mode, key))) {
                    continue;
                }
                try {
                    Optional<String> both = manifests(mode, "services: {web: {%s}}".formatted(key));
                    if (both.isPresent() && both.equals(alone)) {
                        wrong.add("dropped: %s | %s".formatted(mode, key));
                    }
                } catch (RuntimeException thrown) {
                    wrong.add("thrown: %s | %s | %s".formatted(mode, key, thrown));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void are_all_of_them() {
        Stream<String> optional = Arrays.stream(Service.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !List.of("namespace", "ports").contains(name));

        assertThat(KEYS).extracting(key -> key.substring(0, key.indexOf(':'))).containsAll(optional.toList());
    }

    @Test
    void of_a_pod_change_it_or_are_refused_when_left_out() throws IOException {
        JsonNode keys = YAML.readTree(Files.readString(Path.of("test/resources/environments/workloads.yaml")));
        Optional<String> whole = manifests(YAML.writeValueAsString(keys));
        List<String> dropped = new ArrayList<>();
        for (JsonPointer key : pointers(keys.at(POD), JsonPointer.empty())
                .filter(key -> key.toString().matches("/(pod|container|workload).*"))
                .filter(key -> !ONE_VALUE.contains(key.last().getMatchingProperty()))
                .toList()) {
            JsonNode without = keys.deepCopy();
            ((ObjectNode) without.at(POD).at(key.head())).remove(key.last().getMatchingProperty());
            if (manifests(YAML.writeValueAsString(without)).equals(whole)) {
                dropped.add(key.toString());
            }
        }

        assertThat(whole).isPresent();
        assertThat(dropped).isEmpty();
    }

    /** Every key of mappings, those that hold others too, in lists as well. */
    private static Stream<JsonPointer> pointers(JsonNode node, JsonPointer at) {
        if (node.isArray()) {
            return IntStream.range(0, node.size())
                    .boxed()
                    .flatMap(index -> pointers(node.get(index), at.appendIndex(index)));
        }
        return node.properties().stream().flatMap(entry -> {
            JsonPointer key = at.appendProperty(entry.getKey());
            return Stream.concat(Stream.of(key), pointers(entry.getValue(), key));
        });
    }

    /** The objects of the services, as text; empty where the file is refused. */
    private static Optional<String> manifests(String... patches) throws IOException {
        String file = MergedYaml.of(Files.readString(BASE), SHOP);
        for (String patch : patches) {
            file = MergedYaml.of(file, patch);
        }
        Reading<Environment> reading = EnvironmentReader.read("shop.yaml", file.getBytes(StandardCharsets.UTF_8));
        return reading instanceof Reading.Accepted<Environment> accepted
                ? Optional.of(services(accepted.value()))
                : Optional.empty();
    }

    private static String services(Environment environment) {
        App app = new App();
        Parties parties = new Parties(environment);
        Map<Name, MeshGateway> gateways = new GatewayStack(app, environment, parties).gateways();
        Url prometheus = Url.of("http://prometheus.monitoring:9090");
        return new ServicesStack(app, environment, parties, gateways, prometheus)
                .toJson()
                .toString();
    }
}
