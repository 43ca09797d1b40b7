package io.meshwright.mesh.policy;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An AuthorizationPolicy; without rules it fits no call, so that an ALLOW policy without rules denies everything. */
public record AuthorizationPolicy(Manifest manifest, Action action, List<AuthorizationRule> rules) {
    private static final String DRY_RUN = IstioAnnotations.DRY_RUN;

    /** Actions that a policy takes on a call that fits. */
    public enum Action {
        CUSTOM,
        AUDIT,
        DENY,
        ALLOW
    }

    static AuthorizationPolicy of(Manifest manifest, MeshConfig mesh, IstioVersion version) {
        Action action = action(manifest.at("/spec/action").asText("").toUpperCase(Locale.ROOT));
        Conditions conditions = new Conditions(manifest.home(), mesh, version);
        List<AuthorizationRule> rules = new ArrayList<>();
        for (int index = 0; index < manifest.at("/spec/rules").size(); index++) {
            rules.add(new AuthorizationRule(Source.of(manifest).item("spec/rules", index), action, conditions));
        }
        return new AuthorizationPolicy(manifest, action, List.copyOf(rules));
    }

    private static Action action(String written) {
        for (Action action : Action.values()) {
            if (written.equals(action.name())) {
                return action;
            }
        }
        return Action.ALLOW;
    }

    /** Only reported, not enforced. */
    public boolean isDryRun() {
        return Boolean.parseBoolean(manifest.annotations().getOrDefault(DRY_RUN, "false"));
    }

    /** The external authorizer that a CUSTOM policy asks; empty for others. */
    public String provider() {
        return manifest.at("/spec/provider/name").asText("");
    }
}
