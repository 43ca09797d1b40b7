package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.value.istio.IstioLabels;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Pods that are replaced, pods that keep old values although they should be, and what all of them ask for. */
final class Restarts {
    private static final Set<Kind> ROLLED = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.ROLLOUT);

    private Restarts() {}

    static List<Change> changes(Mesh before, Mesh after, ObjectChanges changes) {
        List<Change> all = new ArrayList<>();
        Set<ObjectId> restarted = new TreeSet<>();
        changes.changed()
                .filter(changed -> ROLLED.contains(changed.id().kind()))
                .forEach(changed -> {
                    List<String> why = changed.fields().stream()
                            .filter(field -> field.isBelow("spec", "template"))
                            .map(FieldChange::field)
                            .toList();
                    if (!why.isEmpty()) {
                        restarted.add(changed.id());
                        all.add(restart(changed, why));
                    }
                });
        all.addAll(stale(after, changes, restarted));
        all.addAll(proxies(after, changes));
        all.addAll(asked(before, after));
        return all;
    }

    private static Change restart(ObjectChange.Changed changed, List<String> why) {
        Optional<String> down = down(changed.after());
        ChangeRule rule = down.isPresent() ? ChangeRule.DOWNTIME : ChangeRule.POD_RESTARTS;
        return rule.of(
                        changed.id().toString(),
                        down.map("its pods are replaced, and none serves in between: %s"::formatted)
                                .orElse("its pods are replaced one after the other"))
                .because(why.stream().map("because of %s"::formatted).toList());
    }

    /** Why nothing serves while the pods are replaced. */
    private static Optional<String> down(Manifest workload) {
        if (workload.at("/spec/strategy/type").asText("").equals("Recreate")) {
            return Optional.of("strategy Recreate");
        }
        boolean single = workload.at("/spec/replicas").asInt(1) == 1;
        if (workload.kind().equals(Kind.STATEFUL_SET) && single) {
            return Optional.of("a StatefulSet with one replica");
        }
        JsonNode unavailable = workload.at("/spec/strategy/rollingUpdate/maxUnavailable");
        JsonNode surge = workload.at("/spec/strategy/rollingUpdate/maxSurge");
        boolean all = unavailable.asText("").equals("100%") || single && unavailable.asInt(0) > 0;
        return all || single && surge.isInt() && surge.asInt() == 0
                ? Optional.of("maxUnavailable and maxSurge let all pods go")
                : Optional.empty();
    }

    /** Workloads that read a ConfigMap or Secret which changes while nothing in their template does. */
    private static List<Change> stale(Mesh after, ObjectChanges changes, Set<ObjectId> restarted) {
        List<Change> stale = new ArrayList<>();
        changes.changed()
                .filter(changed -> changed.id().kind().equals(Kind.CONFIG_MAP)
                        || changed.id().kind().equals(Kind.SECRET))
                .filter(changed -> changed.fields().stream()
                        .anyMatch(field ->
                                field.isBelow("data") || field.isBelow("binaryData") || field.isBelow("stringData")))
                .forEach(changed -> {
                    List<String> readers = after.pods().all().stream()
                            .filter(pod ->
                                    pod.namespace().equals(changed.after().home()))
                            .filter(pod -> reads(pod.spec(), changed.id()))
                            .map(pod -> ObjectId.of(pod.source().manifest()))
                            .filter(reader -> !restarted.contains(reader))
                            .map(ObjectId::toString)
                            .distinct()
                            .toList();
                    if (!readers.isEmpty()) {
                        stale.add(ChangeRule.VALUES_STALE
                                .of(
                                        changed.id().toString(),
                                        "nothing restarts: variables keep their values, and mounted files are new within minutes but read again only by who watches them")
                                .because(readers.stream()
                                        .map("read by %s"::formatted)
                                        .toList()));
                    }
                });
        return stale;
    }

    private static boolean reads(JsonNode spec, ObjectId id) {
        boolean isConfig = id.kind().equals(Kind.CONFIG_MAP);
        String source = isConfig ? "configMap" : "secret";
        String named = isConfig ? "name" : "secretName";
        boolean mounted = Fields.items(spec.path("volumes")).stream()
                .anyMatch(volume -> volume.path(source).path(named).asText("").equals(id.name())
                        || Fields.items(volume.at("/projected/sources")).stream()
                                .anyMatch(part -> part.path(source)
                                        .path("name")
                                        .asText("")
                                        .equals(id.name())));
        return mounted
                || List.of("containers", "initContainers").stream()
                        .flatMap(list -> Fields.items(spec.path(list)).stream())
                        .anyMatch(container -> variables(container, source, id.name()));
    }

    private static boolean variables(JsonNode container, String source, String name) {
        return Fields.items(container.path("envFrom")).stream()
                        .anyMatch(from -> from.path(source.concat("Ref"))
                                .path("name")
                                .asText("")
                                .equals(name))
                || Fields.items(container.path("env")).stream()
                        .anyMatch(variable -> variable.path("valueFrom")
                                .path(source.concat("KeyRef"))
                                .path("name")
                                .asText("")
                                .equals(name));
    }

    /** Namespaces whose pods get another proxy, or none, when they start the next time. */
    private static List<Change> proxies(Mesh after, ObjectChanges changes) {
        List<Change> stale = new ArrayList<>();
        changes.changed()
                .filter(changed -> changed.id().kind().equals(Kind.NAMESPACE))
                .filter(changed -> changed.fields().stream()
                        .anyMatch(field -> field.isBelow("metadata", "labels", IstioLabels.REVISION)
                                || field.isBelow("metadata", "labels", IstioLabels.INJECTION)))
                .filter(changed -> !after.pods().in(changed.id().name()).isEmpty())
                .forEach(
                        changed -> stale.add(
                                ChangeRule.PROXY_STALE.of(
                                        changed.id().toString(),
                                        "its pods keep the proxy that they have, or have none, until they start again: kubectl rollout restart")));
        return stale;
    }

    /** The sum of what all pods ask of the nodes, where it grows. */
    private static List<Change> asked(Mesh before, Mesh after) {
        List<Change> grown = new ArrayList<>();
        Map<String, BigDecimal> old = sums(before);
        sums(after).forEach((resource, sum) -> {
            BigDecimal was = old.getOrDefault(resource, BigDecimal.ZERO);
            if (sum.compareTo(was) > 0) {
                grown.add(ChangeRule.REQUESTS_OF_PODS.of(
                        "requests of %s".formatted(resource),
                        "were %s in all, are %s".formatted(amount(resource, was), amount(resource, sum))));
            }
        });
        return grown;
    }

    private static Map<String, BigDecimal> sums(Mesh mesh) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            BigDecimal replicas = BigDecimal.valueOf(pod.replicas().orElse(1));
            Fields.items(pod.spec().path("containers"))
                    .forEach(container -> List.of("cpu", "memory")
                            .forEach(resource -> Amount.of(container.at("/resources/requests/".concat(resource)))
                                    .ifPresent(amount ->
                                            sums.merge(resource, amount.value().multiply(replicas), BigDecimal::add))));
        }
        return sums;
    }

    private static String amount(String resource, BigDecimal amount) {
        return resource.equals("memory")
                ? "%d Mi".formatted(amount.longValue() >> 20)
                : "%s cores".formatted(amount.stripTrailingZeros().toPlainString());
    }
}
