package io.meshwright.plan.security;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Calls that go with Istio's mutual TLS, or without, as a DestinationRule for the caller and what the server takes
 * decide it: where a server takes both, a call without it still arrives. Asked for the services that a changed object
 * may concern; where callers and ports are very many, one caller of each namespace stands for the others.
 */
final class CallerTls {
    private static final Set<Kind> DECIDING = Set.of(Kind.DESTINATION_RULE, Kind.PEER_AUTHENTICATION);
    private static final int FEW = 20_000;
    private static final int NAMED = 8;

    private CallerTls() {}

    static List<Change> changes(Mesh before, Mesh after, ObjectChanges changes) {
        List<Manifest> deciding = changes.differing()
                .filter(object -> DECIDING.contains(object.kind()))
                .toList();
        if (deciding.isEmpty()) {
            return List.of();
        }
        Map<String, Boolean> old =
                calls(before, service -> deciding.stream().anyMatch(of -> concerns(before, of, service)));
        Map<String, Boolean> young =
                calls(after, service -> deciding.stream().anyMatch(of -> concerns(after, of, service)));
        List<Change> all = new ArrayList<>();
        all.addAll(told(old, young, true, ChangeRule.CALLS_PLAIN, "went with Istio's mutual TLS, go without it"));
        all.addAll(told(old, young, false, ChangeRule.CALLS_MUTUAL, "went without Istio's mutual TLS, go with it"));
        return all;
    }

    private static boolean concerns(Mesh mesh, Manifest object, Service service) {
        if (object.kind().equals(Kind.PEER_AUTHENTICATION)) {
            return object.home().equals(mesh.config().rootNamespace())
                    || object.home().equals(service.namespace());
        }
        return object.text("/spec/host")
                .map(host -> HostName.resolve(host, object.home(), mesh.config().domain()))
                .filter(host -> HostName.overlap(host, service.host()))
                .isPresent();
    }

    private static List<Change> told(
            Map<String, Boolean> old, Map<String, Boolean> young, boolean was, ChangeRule rule, String sentence) {
        List<String> calls = old.entrySet().stream()
                .filter(call -> call.getValue() == was && young.getOrDefault(call.getKey(), was) != was)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
        if (calls.isEmpty()) {
            return List.of();
        }
        String more = calls.size() == 1 ? "" : ", and of %d more".formatted(calls.size() - 1);
        return List.of(rule.of(calls.get(0), sentence.concat(more)).because(also(calls)));
    }

    private static List<String> also(List<String> calls) {
        List<String> also = new ArrayList<>(
                calls.stream().skip(1).limit(NAMED).map("also: %s"::formatted).toList());
        if (calls.size() > NAMED + 1) {
            also.add("also: %d more".formatted(calls.size() - NAMED - 1));
        }
        return also;
    }

    /** By caller and port; those of which manifests do not tell it, or that fail, are left out. */
    private static Map<String, Boolean> calls(Mesh mesh, Predicate<Service> asked) {
        Map<String, Boolean> calls = new TreeMap<>();
        List<Service> services = mesh.services().all().stream()
                .filter(service -> service.isKubernetes() && asked.test(service))
                .toList();
        List<Pod> callers = callers(mesh, services);
        services.forEach(service ->
                service.ports().forEach(port -> callers.forEach(caller -> add(mesh, caller, service, port, calls))));
        return calls;
    }

    private static List<Pod> callers(Mesh mesh, List<Service> services) {
        List<Pod> all = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar() || pod.proxy().isGateway())
                .toList();
        long ports =
                services.stream().mapToLong(service -> service.ports().size()).sum();
        if (ports * all.size() <= FEW) {
            return all;
        }
        Map<String, Pod> ofNamespaces = new TreeMap<>();
        all.forEach(pod -> ofNamespaces.putIfAbsent(
                "%s %s".formatted(pod.namespace(), pod.proxy().type()), pod));
        return List.copyOf(ofNamespaces.values());
    }

    private static void add(Mesh mesh, Pod caller, Service service, ServicePort port, Map<String, Boolean> calls) {
        List<TlsOutcome> outcomes = mesh.services().pods(service).stream()
                .map(server -> mesh.clientTls().outcome(caller, service, port, Optional.empty(), server))
                .toList();
        boolean mutual =
                outcomes.stream().allMatch(outcome -> outcome.knowsPrincipal().isYes());
        boolean plain = outcomes.stream()
                .anyMatch(outcome -> outcome instanceof TlsOutcome.Plain || outcome instanceof TlsOutcome.Application);
        if (!outcomes.isEmpty() && (mutual || plain)) {
            calls.put("calls of %s to %s:%d".formatted(caller, service.host(), port.number()), mutual);
        }
    }
}
