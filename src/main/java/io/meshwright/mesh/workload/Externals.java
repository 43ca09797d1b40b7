package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.MeshwrightNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Things that are known to exist beside the manifests, as objects of kind Externals declare them: namespaces with their
 * labels, services with ports and the pods behind them, and names of secrets, service accounts and Gateways as
 * {@code namespace/name}.
 */
public final class Externals {
    private static final String SECRETS_BY_HAND = MeshwrightNames.SECRETS_BY_HAND;

    private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    private final List<Source> services = new ArrayList<>();
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> serviceAccounts = new TreeSet<>();
    private final Set<String> gateways = new TreeSet<>();
    private final Set<String> hosts = new TreeSet<>();

    private Externals() {}

    /** Joins the Externals among the manifests. */
    public static Externals of(Manifests manifests) {
        Externals externals = new Externals();
        manifests.kind(Kind.EXTERNALS).forEach(externals::add);
        manifests.kind(Kind.GATEWAY).forEach(externals::addByHand);
        return externals;
    }

    /** A Gateway may name the Secrets that somebody makes for it by hand. */
    private void addByHand(Manifest gateway) {
        Stream.of(gateway.annotations().getOrDefault(SECRETS_BY_HAND, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(secrets::add);
    }

    private void add(Manifest manifest) {
        manifest.at("/spec/namespaces")
                .properties()
                .forEach(entry -> namespaces.put(entry.getKey(), Fields.strings(entry.getValue())));
        manifest.texts("/spec/namespaces").forEach(name -> namespaces.put(name, Map.of()));
        for (int index = 0; index < manifest.at("/spec/services").size(); index++) {
            services.add(Source.of(manifest).item("spec/services", index));
        }
        secrets.addAll(manifest.texts("/spec/secrets"));
        serviceAccounts.addAll(manifest.texts("/spec/serviceAccounts"));
        gateways.addAll(manifest.texts("/spec/gateways"));
        hosts.addAll(manifest.texts("/spec/hosts"));
    }

    /** Labels by namespace. */
    public Map<String, Map<String, String>> namespaces() {
        return Collections.unmodifiableMap(namespaces);
    }

    /** As {@code namespace/name}. */
    public boolean hasSecret(String namespace, String name) {
        return secrets.contains(key(namespace, name));
    }

    public boolean hasServiceAccount(String namespace, String name) {
        return serviceAccounts.contains(key(namespace, name));
    }

    /** A Gateway object, whose servers nobody here knows. */
    public boolean hasGateway(String namespace, String name) {
        return gateways.contains(key(namespace, name));
    }

    /**
     * Hosts that can be called although no Service or ServiceEntry here has them; a leading asterisk stands for any
     * beginning.
     */
    public boolean hasHost(String host) {
        return hosts.stream().anyMatch(known -> HostName.within(host, known));
    }

    public List<Service> services(MeshConfig mesh) {
        return services.stream().map(source -> service(source, mesh)).toList();
    }

    private static Service service(Source source, MeshConfig mesh) {
        JsonNode written = source.value();
        String namespace = namespace(written);
        Map<String, String> labels = labels(written);
        return new Service(
                source,
                HostName.ofService(written.path("name").asText(), namespace, mesh.domain()),
                namespace,
                Service.Type.CLUSTER_IP,
                Service.ports(source),
                labels.isEmpty() ? Optional.empty() : Optional.of(Selector.of(labels)),
                Export.everywhere(namespace),
                Service.Reach.CLUSTER);
    }

    public List<Pod> pods(Injection injection) {
        return services.stream()
                .filter(source -> !labels(source.value()).isEmpty())
                .map(source -> pod(source, injection))
                .toList();
    }

    private static Pod pod(Source source, Injection injection) {
        JsonNode written = source.value();
        JsonNode pods = written.path("pods");
        Map<String, String> wish = new LinkedHashMap<>(labels(written));
        if (pods.has("inject")) {
            wish.put(Injection.INJECT, pods.path("inject").asText());
        }
        OptionalInt replicas =
                Fields.number(pods.path("replicas")).map(OptionalInt::of).orElse(OptionalInt.empty());
        Pod.Metadata metadata = new Pod.Metadata(
                written.path("name").asText(),
                labels(written),
                Map.of(),
                pods.path("serviceAccount").asText("default"));
        return new Pod(
                source.at("/pods"),
                namespace(written),
                metadata,
                pods.path("spec"),
                replicas,
                injection.of(namespace(written), wish, Map.of(), pods.path("spec")));
    }

    private static Map<String, String> labels(JsonNode service) {
        return Fields.strings(service.at("/pods/labels"));
    }

    private static String namespace(JsonNode service) {
        return Fields.text(service.path("namespace")).orElse(Manifest.DEFAULT_NAMESPACE);
    }

    private static String key(String namespace, String name) {
        return "%s/%s".formatted(namespace, name);
    }
}
