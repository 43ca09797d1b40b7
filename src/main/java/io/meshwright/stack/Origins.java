package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.stack.delivery.BootstrapStack;
import io.meshwright.stack.delivery.FluxStack;
import io.meshwright.stack.delivery.InstallStack;
import io.meshwright.stack.healing.HealingStack;
import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of an environment file that decided what objects are: the way back from a construct's path. */
public final class Origins {
    /** Charts about one key; the objects of the others come from several, as their ids tell. */
    private static final Map<String, String> CHARTS = Map.of(
            LoadBalancerStack.ID, "cluster.platform",
            StorageStack.ID, "cluster.platform.storageClass",
            CertificatesStack.ID, "certificates",
            SecretsStack.ID, "secrets",
            MeshStack.ID, "istio",
            GatewayStack.ID, "gateway",
            Monitoring.ID, "observability",
            NamespacesStack.ID, "namespaces",
            DeliveryStack.ID, "delivery",
            BootstrapStack.ID, "delivery");

    private final Environment environment;
    private final PlatformOrigins platform;
    private final String message;

    private Origins(Environment environment, String message) {
        this.environment = environment;
        this.platform = new PlatformOrigins(environment);
        this.message = message;
    }

    /**
     * The key behind an object; empty where no construct is known.
     *
     * @param construct path of the construct that made the object, such as {@code services/web/callers/Resource}
     * @param message of what is wrong with it, which may name the service that it is about
     */
    public static Optional<KeyPath> of(Environment environment, String construct, String message) {
        String[] steps = construct.split("/", 3);
        return steps.length < 2
                ? Optional.empty()
                : new Origins(environment, message).of(steps[0], steps[1], steps.length == 3 ? steps[2] : "");
    }

    private Optional<KeyPath> of(String chart, String id, String rest) {
        Optional<KeyPath> whole = Optional.ofNullable(CHARTS.get(chart)).map(KeyPath::of);
        return switch (chart) {
            case ServicesStack.ID -> Optional.of(services(id, rest));
            case GatewayStack.ID -> platform.gateway(id).or(() -> whole);
            case MeshStack.ID -> platform.mesh(id, rest).or(() -> whole);
            case NamespacesStack.ID -> platform.namespace(id).or(() -> whole);
            case SecretsStack.ID -> platform.synced(id).or(() -> whole);
            case HealingStack.ID -> Optional.of(PlatformOrigins.healing(id));
            case FluxStack.ID, InstallStack.ID -> Optional.of(KeyPath.of("delivery"));
            default -> whole.or(() -> added(chart));
        };
    }

    /** Of charts that no key is about: folders of manifests, and what extensions add. */
    private Optional<KeyPath> added(String chart) {
        for (int i = 0; i < environment.manifests().size(); i++) {
            if (environment.manifests().get(i).name().toString().equals(chart)) {
                return Optional.of(KeyPath.of("manifests").index(i));
            }
        }
        return environment.extensions().isEmpty() ? Optional.empty() : Optional.of(KeyPath.of("extensions"));
    }

    private KeyPath services(String id, String rest) {
        KeyPath all = KeyPath.of(ServicesStack.ID);
        if (id.equals("egress")) {
            return external(rest);
        }
        return service(id)
                .map(name -> all.key(name.toString()))
                .or(() -> route(id))
                .or(this::named)
                .or(() -> platform.namespace(id.replaceFirst("^(guard|scope)-", "")))
                .orElse(all);
    }

    /** The service whose own construct it is, or one beside it such as {@code connections-web}. */
    private Optional<Name> service(String id) {
        return environment.services().entrySet().stream()
                .filter(service -> id.equals(service.getKey().toString())
                        || id.matches("(connections|limit|calls|metadata|rollout)-\\Q%s\\E".formatted(service.getKey()))
                        || id.startsWith("passes-%s-".formatted(service.getKey()))
                        || id.startsWith("scale-%s"
                                .formatted(service.getValue()
                                        .workloadName(service.getKey().toString()))))
                .map(Map.Entry::getKey)
                .max(Comparator.comparingInt(name -> name.toString().length()));
    }

    /** A route of the host that the object is about: of the service that the message names, else the first. */
    private Optional<KeyPath> route(String id) {
        List<KeyPath> routes = environment.services().entrySet().stream()
                .flatMap(entry -> routes(entry.getKey(), entry.getValue(), id))
                .toList();
        Optional<KeyPath> named = named();
        return routes.stream()
                .filter(route -> named.isPresent()
                        && route.text().startsWith(named.get().text().concat(".")))
                .findFirst()
                .or(() -> routes.stream().findFirst());
    }

    private static Stream<KeyPath> routes(Name name, Service service, String id) {
        return IntStream.range(0, service.routes().size())
                .filter(i -> service.routes().get(i).gateways().stream()
                        .map(gateway ->
                                PlatformOrigins.routes(service.routes().get(i).host(), gateway))
                        .anyMatch(id::equals))
                .mapToObj(i -> KeyPath.of(ServicesStack.ID)
                        .key(name.toString())
                        .key("routes")
                        .index(i));
    }

    /** The service that the message names as Kubernetes or Istio do. */
    private Optional<KeyPath> named() {
        return environment.services().entrySet().stream()
                .filter(entry -> isNamed(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getKey().toString())
                .max(Comparator.comparingInt(String::length))
                .map(name -> KeyPath.of(ServicesStack.ID).key(name));
    }

    private boolean isNamed(Name name, Service service) {
        String spaced = " ".concat(message).concat(" ");
        return Stream.of(
                        "%s/%s".formatted(service.namespace(), service.workloadName(name.toString())),
                        "%s/%s".formatted(service.namespace(), name),
                        "%s.%s".formatted(name, service.namespace()))
                .anyMatch(words -> spaced.matches("(?s).*[^\\w.-]\\Q%s\\E([^\\w-].*)".formatted(words)));
    }

    private KeyPath external(String rest) {
        KeyPath all = KeyPath.of("externals");
        return environment.externals().entrySet().stream()
                .filter(entry -> rest.startsWith("%s-".formatted(entry.getKey()))
                        || rest.startsWith("admit-%s/".formatted(entry.getKey()))
                        || entry.getValue().hosts().stream().map(Host::dashed).anyMatch(rest::startsWith))
                .max(Comparator.comparingInt(entry -> entry.getKey().toString().length()))
                .map(entry -> all.key(entry.getKey().toString()))
                .orElse(all);
    }
}
