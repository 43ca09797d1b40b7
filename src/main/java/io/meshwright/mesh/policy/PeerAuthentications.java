package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.SelectorIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The mutual TLS that PeerAuthentications demand of callers: workload before namespace before mesh
 * (pilot/pkg/security/authn, ComposePeerAuthentication).
 */
public final class PeerAuthentications {
    /** The connections that a port takes. */
    public enum Mode {
        STRICT,
        PERMISSIVE,
        DISABLE
    }

    /**
     * A mode, the field that decided it (none: Istio's default), and the modes that it would be instead if other
     * objects are older, which manifests do not tell.
     */
    public record Decision(Mode mode, Optional<Source> source, Set<Mode> rivals) {
        public boolean dependsOnCreationOrder() {
            return !rivals.isEmpty();
        }

        /** True if it takes mutual TLS only, whichever object is older. */
        public boolean isStrict() {
            return mode == Mode.STRICT && !dependsOnCreationOrder();
        }

        /** The policy that decided, or {@code the mesh} where none did. */
        public String decider() {
            return source.map(place -> place.manifest().toString()).orElse("the mesh");
        }

        private Decision beside(Stream<Mode> others) {
            Set<Mode> all = new TreeSet<>(rivals);
            others.filter(other -> other != mode).forEach(all::add);
            return new Decision(mode, source, all);
        }
    }

    private static final Decision DEFAULT = new Decision(Mode.PERMISSIVE, Optional.empty(), Set.of());
    private static final String MODE = "/spec/mtls/mode";

    private final Map<String, List<Manifest>> wide = new HashMap<>();
    private final SelectorIndex<Manifest> selecting = new SelectorIndex<>();
    // By identity, and never walked: only looked up.
    private final Map<Pod, List<Manifest>> particular = new ConcurrentHashMap<>();
    private final Map<String, Decision> around = new ConcurrentHashMap<>();
    private final String root;

    public PeerAuthentications(Manifests manifests, MeshConfig mesh) {
        this.root = mesh.rootNamespace();
        manifests.kind(Kind.PEER_AUTHENTICATION).stream().sorted(Age.ORDER).forEach(this::add);
    }

    private void add(Manifest policy) {
        Selector selector = Attachment.selector(policy);
        if (selector.isEmpty()) {
            wide.computeIfAbsent(policy.home(), none -> new ArrayList<>(1)).add(policy);
        } else {
            selecting.add(policy.home(), selector, policy);
        }
    }

    /** Decides the mode of a pod on a container's port. */
    public Decision of(Pod pod, int containerPort) {
        Decision around = of(pod.namespace());
        List<Manifest> own = workload(pod);
        if (own.isEmpty()) {
            return around;
        }
        Manifest first = own.get(0);
        Decision whole = decide(own, MODE, around);
        String port = "/spec/portLevelMtls/".concat(Integer.toString(containerPort));
        // A port that is named without a mode takes the workload's.
        Decision decided = mode(first.at(port).path("mode"))
                .map(mode -> new Decision(mode, Optional.of(new Source(first, port)), Set.of()))
                .orElse(whole);
        return decided.beside(rivals(own)
                .map(other -> mode(other.at(port).path("mode"))
                        .or(() -> mode(other.at(MODE)))
                        .orElse(around.mode())));
    }

    /** Decides the mode of those pods of a namespace that no policy singles out. */
    public Decision of(String namespace) {
        return around.computeIfAbsent(namespace, this::decided);
    }

    private Decision decided(String namespace) {
        Decision mesh = decide(wide(root), MODE, DEFAULT);
        return namespace.equals(root) ? mesh : decide(wide(namespace), MODE, mesh);
    }

    /** The policies that single the pod out; those of the root namespace never do. */
    public List<Manifest> workload(Pod pod) {
        if (pod.namespace().equals(root)) {
            return List.of();
        }
        return particular.computeIfAbsent(pod, selecting::of);
    }

    private List<Manifest> wide(String namespace) {
        return wide.getOrDefault(namespace, List.of());
    }

    /** Those that may be older than the first. */
    private static Stream<Manifest> rivals(List<Manifest> policies) {
        return policies.stream().skip(1).filter(other -> !Age.isTold(policies.get(0), other));
    }

    private static Decision decide(List<Manifest> policies, String pointer, Decision otherwise) {
        if (policies.isEmpty()) {
            return otherwise;
        }
        Manifest first = policies.get(0);
        return mode(first.at(pointer))
                .map(mode -> new Decision(mode, Optional.of(new Source(first, pointer)), Set.of()))
                .orElse(otherwise)
                .beside(rivals(policies).map(other -> mode(other.at(pointer)).orElse(otherwise.mode())));
    }

    /** Empty when nothing is set, so that the wider policy decides. */
    private static Optional<Mode> mode(JsonNode mode) {
        for (Mode known : Mode.values()) {
            if (mode.asText("").equals(known.name())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
