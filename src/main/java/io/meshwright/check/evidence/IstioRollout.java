package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Rollout of Argo Rollouts that shifts traffic by VirtualServices, as its controller reads it. */
public record IstioRollout(Manifest rollout) {
    private static final String CANARY = "/spec/strategy/canary";
    private static final String ISTIO = CANARY + "/trafficRouting/istio";

    public static Stream<IstioRollout> all(Mesh mesh) {
        return mesh.manifests().kind(Kind.ROLLOUT).stream()
                .filter(rollout -> rollout.at(ISTIO).isObject())
                .map(IstioRollout::new);
    }

    /** The places at which it names VirtualServices, each with the routes that it may change. */
    public List<Source> virtualServices() {
        Source istio = Source.of(rollout).at(ISTIO);
        int several = istio.value().path("virtualServices").size();
        List<Source> all = new ArrayList<>(IntStream.range(0, several)
                .mapToObj(index -> istio.item("virtualServices", index))
                .toList());
        if (istio.value().path("virtualService").isObject()) {
            all.add(istio.at("/virtualService"));
        }
        return all;
    }

    /** The namespace that a name such as {@code web.shop} means (utils/istio, GetVirtualServiceNamespaceName). */
    public String namespaceOf(String written) {
        String name = shortened(written);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? rollout.home() : name.substring(dot + 1);
    }

    /** The name alone of such a name. */
    public static String nameOf(String written) {
        String name = shortened(written);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String shortened(String written) {
        return written.replaceFirst("\\.cluster\\.local$", "");
    }

    /** The places at which it names its two Services; none where subsets alone tell the versions apart. */
    public List<Source> services() {
        Source canary = Source.of(rollout).at(CANARY);
        return Stream.of("/stableService", "/canaryService", "/pingPong/pingService", "/pingPong/pongService")
                .map(canary::at)
                .filter(place -> Fields.text(place.value()).isPresent())
                .toList();
    }

    /** The labels of its pods, as far as its template, or the one that it borrows, tells them. */
    public Optional<Map<String, String>> labels(Mesh mesh) {
        JsonNode borrowed = rollout.at("/spec/workloadRef");
        Optional<Manifest> owner = borrowed.isObject()
                ? mesh.manifests()
                        .find(
                                Kind.DEPLOYMENT,
                                rollout.home(),
                                borrowed.path("name").asText())
                : Optional.of(rollout);
        return owner.map(found -> found.at("/spec/template"))
                .filter(template -> template.path("spec").isObject())
                .map(template -> Fields.strings(template.at("/metadata/labels")));
    }

    /** The labels that it gives to the pods behind one of its Services besides (ephemeral metadata). */
    public Map<String, String> labelsBehind(Source service) {
        String of = service.pointer().endsWith("/stableService") ? "stableMetadata" : "canaryMetadata";
        return service.pointer().contains("/pingPong/")
                ? Map.of()
                : Fields.strings(rollout.at(CANARY).path(of).path("labels"));
    }

    /** The DestinationRule whose subsets it moves. */
    public Optional<Source> destinationRule() {
        return Optional.of(Source.of(rollout).at(ISTIO).at("/destinationRule"))
                .filter(place -> place.value().isObject());
    }

    /** The places at which it names the subsets that it moves. */
    public List<Source> subsets() {
        return destinationRule().stream()
                .flatMap(rule ->
                        Stream.of("/stableSubsetName", "/canarySubsetName").map(rule::at))
                .filter(place -> Fields.text(place.value()).isPresent())
                .toList();
    }

    /** The names of routes that it makes and removes itself. */
    public Set<String> managedRoutes() {
        Set<String> names = new TreeSet<>();
        Fields.items(rollout.at(CANARY).at("/trafficRouting/managedRoutes"))
                .forEach(route -> names.add(route.path("name").asText("")));
        return names;
    }

    /** The places at which steps name routes that they make. */
    public List<Source> routesOfSteps() {
        return IntStream.range(0, rollout.at(CANARY).path("steps").size())
                .mapToObj(index -> Source.of(rollout).at(CANARY).item("steps", index))
                .flatMap(step -> Stream.of(step.at("/setHeaderRoute/name"), step.at("/setMirrorRoute/name")))
                .filter(place -> Fields.text(place.value()).isPresent())
                .toList();
    }

    /**
     * Tells whether the rollout owns a route's destination, by the text that stands at one of its services or subsets.
     */
    public boolean owns(JsonNode destination) {
        String host = destination.path("host").asText("").replaceFirst("\\..*$", "");
        String subset = destination.path("subset").asText("");
        return texts(services()).contains(host)
                || texts(subsets()).contains(subset)
                || Fields.texts(rollout.at(ISTIO).at("/destinationRule/additionalSubsetNames"))
                        .contains(subset);
    }

    private static List<String> texts(List<Source> places) {
        return places.stream().map(place -> place.value().asText()).toList();
    }

    /** Returns the destinations that a route must have so that its weights can be moved, as far as it does not. */
    public List<String> lacking(JsonNode route) {
        List<JsonNode> destinations = Fields.items(route.path("route")).stream()
                .map(each -> each.path("destination"))
                .toList();
        boolean bySubset = destinationRule().isPresent();
        return (bySubset ? subsets() : services())
                .stream()
                        .filter(place -> destinations.stream()
                                .noneMatch(destination -> names(destination, bySubset)
                                        .equals(place.value().asText())))
                        .map(place -> "%s \"%s\""
                                .formatted(
                                        bySubset ? "subset" : "Service",
                                        place.value().asText()))
                        .toList();
    }

    private static String names(JsonNode destination, boolean subset) {
        return subset
                ? destination.path("subset").asText("")
                : destination.path("host").asText("").replaceFirst("\\..*$", "");
    }
}
