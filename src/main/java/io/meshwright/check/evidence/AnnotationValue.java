package io.meshwright.check.evidence;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.value.istio.IstioAnnotations;
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
            Map.entry(IstioAnnotations.INTERCEPTION_MODE, INTERCEPTION),
            Map.entry(IstioAnnotations.STATUS_PORT, PORT),
            Map.entry(IstioAnnotations.READINESS_DELAY, COUNT),
            Map.entry(IstioAnnotations.READINESS_PERIOD, COUNT),
            Map.entry(IstioAnnotations.READINESS_FAILURES, COUNT),
            Map.entry(IstioAnnotations.INCLUDE_OUTBOUND_RANGES, ANY_RANGES),
            Map.entry(IstioAnnotations.EXCLUDE_OUTBOUND_RANGES, RANGES),
            Map.entry(IstioAnnotations.INCLUDE_INBOUND_PORTS, ANY_PORTS),
            Map.entry(IstioAnnotations.EXCLUDE_INBOUND_PORTS, PORTS),
            Map.entry(IstioAnnotations.EXCLUDE_OUTBOUND_PORTS, PORTS),
            Map.entry(IstioAnnotations.MERGE_METRICS, TRUTH),
            Map.entry(IstioAnnotations.PROXY_CONFIG, MAPPING));

    private AnnotationValue() {}

    /** The fault of a value, as the end of a sentence. */
    public static Optional<String> flaw(String name, String value) {
        Optional<String> flaw = Optional.ofNullable(DEMANDS.get(name))
                .filter(demand -> !demand.holds().test(value))
                .map(Demand::words);
        return flaw.isPresent() || !name.equals(IstioAnnotations.PROXY_CONFIG)
                ? flaw
                : ManifestReader.value(value).flatMap(ProxySettings::flaw);
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
