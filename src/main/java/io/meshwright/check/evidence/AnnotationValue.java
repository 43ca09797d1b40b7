package io.meshwright.check.evidence;

import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Demands of the injector on values of annotations (pkg/kube/inject/validate.go). */
public final class AnnotationValue {
    private record Demand(Predicate<String> holds, String words) {}

    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}");
    private static final Demand COUNT =
            new Demand(value -> NUMBER.matcher(value).matches(), "is no whole number");
    private static final Demand PORT = new Demand(AnnotationValue::isPort, "is no port");
    private static final Demand PORTS =
            new Demand(value -> each(value, AnnotationValue::isPort), "is no list of ports");
    private static final Demand ANY_PORTS =
            new Demand(value -> value.equals("*") || PORTS.holds().test(value), "is neither a list of ports nor \"*\"");
    private static final Demand RANGES = new Demand(
            value -> each(value, range -> RANGE.matcher(range).matches()),
            "is no list of address ranges such as 10.0.0.0/8");
    private static final Demand ANY_RANGES = new Demand(
            value -> value.equals("*") || RANGES.holds().test(value), "is neither a list of ranges nor \"*\"");
    private static final Demand TRUTH = new Demand(
            value -> value.matches("1|t|T|TRUE|true|True|0|f|F|FALSE|false|False"), "is neither true nor false");
    private static final Demand INTERCEPTION =
            new Demand(List.of("REDIRECT", "TPROXY", "NONE")::contains, "is none of REDIRECT, TPROXY and NONE");
    private static final Demand MAPPING = new Demand(
            value -> ManifestReader.value(value).map(node -> node.isObject()).orElse(value.isBlank()), "is no mapping");

    private static final Map<String, Demand> DEMANDS = Map.ofEntries(
            Map.entry("sidecar.istio.io/interceptionMode", INTERCEPTION),
            Map.entry("status.sidecar.istio.io/port", PORT),
            Map.entry("readiness.status.sidecar.istio.io/initialDelaySeconds", COUNT),
            Map.entry("readiness.status.sidecar.istio.io/periodSeconds", COUNT),
            Map.entry("readiness.status.sidecar.istio.io/failureThreshold", COUNT),
            Map.entry("traffic.sidecar.istio.io/includeOutboundIPRanges", ANY_RANGES),
            Map.entry("traffic.sidecar.istio.io/excludeOutboundIPRanges", RANGES),
            Map.entry("traffic.sidecar.istio.io/includeInboundPorts", ANY_PORTS),
            Map.entry("traffic.sidecar.istio.io/excludeInboundPorts", PORTS),
            Map.entry("traffic.sidecar.istio.io/excludeOutboundPorts", PORTS),
            Map.entry("prometheus.istio.io/merge-metrics", TRUTH),
            Map.entry("proxy.istio.io/config", MAPPING));

    private AnnotationValue() {}

    /** The fault of a value, as the end of a sentence. */
    public static Optional<String> flaw(String name, String value) {
        return Optional.ofNullable(DEMANDS.get(name))
                .filter(demand -> !demand.holds().test(value))
                .map(Demand::words);
    }

    private static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535;
    }

    /** An empty list is one, and so is one that ends with a comma. */
    private static boolean each(String value, Predicate<String> holds) {
        return Stream.of(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .allMatch(holds);
    }
}
