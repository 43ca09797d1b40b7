package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.mesh.terms.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a DestinationRule that hold for one port and subset, each with the place that decided
 * (networking/util, GetPortLevelTrafficPolicy).
 */
public final class TrafficPolicy {
    /** Nothing is said. */
    public static final TrafficPolicy NONE = new TrafficPolicy(Map.of());

    private static final String PROXY_PROTOCOL = "proxyProtocol";
    private static final List<String> FIELDS =
            List.of("connectionPool", "loadBalancer", "outlierDetection", "tls", PROXY_PROTOCOL);

    private final Map<String, Source> settings;

    private TrafficPolicy(Map<String, Source> settings) {
        this.settings = settings;
    }

    /** The policy at the source as it holds for a port. */
    static TrafficPolicy of(Source policy, int port) {
        return NONE.overriddenBy(policy, port);
    }

    /**
     * Field by field what the other policy says, and all four fields of ports at once where it has a setting for the
     * port, even those that it leaves out.
     */
    TrafficPolicy overriddenBy(Source policy, int number) {
        Optional<Source> forPort = portLevel(policy, number);
        if (forPort.isPresent()) {
            Map<String, Source> port = fields(forPort.get());
            source(PROXY_PROTOCOL).ifPresent(kept -> port.put(PROXY_PROTOCOL, kept));
            return new TrafficPolicy(port);
        }
        Map<String, Source> both = new LinkedHashMap<>(settings);
        both.putAll(fields(policy));
        return new TrafficPolicy(both);
    }

    private static Map<String, Source> fields(Source policy) {
        Map<String, Source> fields = new LinkedHashMap<>();
        JsonNode body = policy.value();
        FIELDS.stream()
                .filter(field -> body.path(field).isObject())
                .forEach(field -> fields.put(field, policy.at("/".concat(field))));
        return fields;
    }

    private static Optional<Source> portLevel(Source policy, int port) {
        JsonNode ports = policy.value().path("portLevelSettings");
        for (int index = 0; index < ports.size(); index++) {
            if (ports.path(index).at("/port/number").asInt(0) == port) {
                return Optional.of(policy.item("portLevelSettings", index));
            }
        }
        return Optional.empty();
    }

    /** Place at which a field was decided, such as connectionPool, tls or proxyProtocol. */
    public Optional<Source> source(String field) {
        return Optional.ofNullable(settings.get(field));
    }

    private JsonNode setting(String field) {
        return source(field).map(Source::value).orElse(MissingNode.getInstance());
    }

    /** Missing when nothing is said, as are the others. */
    public JsonNode tls() {
        return setting("tls");
    }

    public JsonNode connectionPool() {
        return setting("connectionPool");
    }

    public JsonNode loadBalancer() {
        return setting("loadBalancer");
    }

    public JsonNode outlierDetection() {
        return setting("outlierDetection");
    }
}
