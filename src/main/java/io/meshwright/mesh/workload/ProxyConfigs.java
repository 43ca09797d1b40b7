package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Variables of proxies: those of a pod's annotation go before those of ProxyConfigs, of which one for the workload goes
 * before one for its namespace, and that before one of the root namespace (model/proxy_config.go,
 * EffectiveProxyConfig).
 */
public final class ProxyConfigs {
    private final List<Manifest> configs;
    private final String rootNamespace;

    public ProxyConfigs(Manifests manifests, String rootNamespace) {
        this.configs = manifests.kind(Kind.PROXY_CONFIG);
        this.rootNamespace = rootNamespace;
    }

    /** The value that a pod's annotation or a ProxyConfig gives it; empty where the mesh configuration decides. */
    public Optional<Boolean> variable(Pod pod, String name) {
        return Stream.<Optional<String>>concat(
                        Stream.of(Optional.ofNullable(pod.annotations().get(IstioAnnotations.PROXY_CONFIG))
                                .flatMap(ManifestReader::value)
                                .flatMap(config ->
                                        text(config.at("/proxyMetadata").path(name)))),
                        ofObjects(pod, name))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Boolean::parseBoolean);
    }

    /** The value for pods of which nothing else is said. */
    public Optional<Boolean> everywhere(String name) {
        return configs.stream()
                .filter(config ->
                        config.home().equals(rootNamespace) && selector(config).isEmpty())
                .sorted(Age.ORDER)
                .flatMap(config -> value(config, name).stream())
                .findFirst()
                .map(Boolean::parseBoolean);
    }

    private Stream<Optional<String>> ofObjects(Pod pod, String name) {
        return configs.stream()
                .filter(config -> config.home().equals(pod.namespace()) && pod.isSelectedBy(selector(config))
                        || config.home().equals(rootNamespace)
                                && selector(config).isEmpty())
                .sorted(Comparator.<Manifest>comparingInt(config ->
                                !selector(config).isEmpty() ? 0 : config.home().equals(pod.namespace()) ? 1 : 2)
                        .thenComparing(Age.ORDER))
                .map(config -> value(config, name));
    }

    private static Optional<String> value(Manifest config, String name) {
        return text(config.at("/spec/environmentVariables").path(name));
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.of(value).filter(JsonNode::isValueNode).map(JsonNode::asText);
    }

    private static Selector selector(Manifest config) {
        return Selector.of(config.at("/spec/selector"));
    }
}
