package io.meshwright.plan.security;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Changes that act on pods which are not among the manifests, since a chart or an operator makes them: no request can
 * be asked of these, and no silence about them means that all is as it was.
 */
final class UnseenPods {
    private static final Set<Kind> POLICIES = Set.of(
            Kind.AUTHORIZATION_POLICY, Kind.PEER_AUTHENTICATION, Kind.REQUEST_AUTHENTICATION, Kind.NETWORK_POLICY);
    private static final List<String> LABELS =
            List.of(IstioLabels.INJECTION, IstioLabels.REVISION, IstioLabels.DATAPLANE_MODE, IstioLabels.USE_WAYPOINT);

    private final Mesh before;
    private final Mesh after;
    private final Set<String> fresh;
    private final Map<String, List<String>> reasons = new TreeMap<>();
    private final Set<String> judged = new TreeSet<>();

    private UnseenPods(Mesh before, Mesh after, ObjectChanges changes) {
        this.before = before;
        this.after = after;
        this.fresh = changes.added()
                .filter(object -> object.kind().equals(Kind.NAMESPACE))
                .map(Manifest::name)
                .collect(Collectors.toSet());
    }

    /** One line for each namespace of such pods. */
    static List<Change> changes(Mesh before, Mesh after, ObjectChanges changes) {
        UnseenPods unseen = new UnseenPods(before, after, changes);
        changes.changed()
                .filter(changed -> changed.id().kind().equals(Kind.NAMESPACE))
                .forEach(unseen::labels);
        changes.differing().filter(object -> POLICIES.contains(object.kind())).forEach(unseen::policy);
        return unseen.changes();
    }

    private void labels(ObjectChange.Changed changed) {
        for (String label : LABELS) {
            String was = changed.before().labels().getOrDefault(label, "");
            String is = changed.after().labels().getOrDefault(label, "");
            if (!was.equals(is)) {
                reason(
                        changed.id().name(),
                        "%s: label %s was %s, is %s".formatted(changed.id(), label, named(was), named(is)));
            }
        }
    }

    private static String named(String value) {
        return value.isEmpty() ? "absent" : value;
    }

    private void policy(Manifest policy) {
        boolean wholeNamespace = policy.kind().equals(Kind.PEER_AUTHENTICATION)
                && policy.at("/spec/selector/matchLabels").isEmpty();
        if (wholeNamespace) {
            judged.add(policy.home());
        } else {
            reason(policy.home(), policy.toString());
        }
    }

    private void reason(String namespace, String reason) {
        List<String> told = reasons.computeIfAbsent(namespace, none -> new ArrayList<>());
        if (!told.contains(reason)) {
            told.add(reason);
        }
    }

    private List<Change> changes() {
        List<Change> all = new ArrayList<>();
        for (String namespace : judged) {
            Mode was = before.peerAuthentications().of(namespace).mode();
            Mode is = after.peerAuthentications().of(namespace).mode();
            if (isUnseen(namespace) && was != is) {
                all.add(MutualTls.rule(was, is)
                        .of(
                                "namespace %s".formatted(namespace),
                                "mutual TLS was %s, is %s, for pods that are not among the manifests"
                                        .formatted(was, is))
                        .because(
                                is == Mode.STRICT
                                        ? List.of("where they are in the mesh, they end what comes without a"
                                                + " certificate of it: from clients outside, gateways of others,"
                                                + " the API server and scrapes")
                                        : List.of()));
            }
        }
        reasons.forEach((namespace, told) -> {
            if (isUnseen(namespace)) {
                all.add(ChangeRule.REQUEST_UNKNOWN
                        .of(
                                "namespace %s".formatted(namespace),
                                "who reaches pods that are not among the manifests, and whom they reach, cannot be told")
                        .because(told.stream().sorted().toList()));
            }
        });
        return all;
    }

    private boolean isUnseen(String namespace) {
        return !fresh.contains(namespace)
                && before.pods().in(namespace).isEmpty()
                && after.pods().in(namespace).isEmpty()
                && !namespace.equals(before.config().rootNamespace())
                && !namespace.equals(after.config().rootNamespace());
    }
}
