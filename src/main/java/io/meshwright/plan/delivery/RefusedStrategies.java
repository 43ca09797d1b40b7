package io.meshwright.plan.delivery;

import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.value.ArgoNames;
import java.util.Optional;

/**
 * Another strategy beside the parameters that the API server wrote for the old one: nobody wrote them, so an apply does
 * not take them away, and the new strategy must not have them.
 */
final class RefusedStrategies {
    private static final String SERVER_SIDE = "ServerSideApply=true";

    private final AppliedFolders folders;
    private final Deliverers deliverers;

    RefusedStrategies(AppliedFolders folders, Deliverers deliverers) {
        this.folders = folders;
        this.deliverers = deliverers;
    }

    /**
     * A client's apply empties the strategy of a Deployment (its patch strategy is retainKeys), a server's does not.
     */
    Optional<String> ofDeployment(ObjectChange.Changed changed, FieldChange field) {
        boolean other = field.isBelow("spec", "strategy", "type")
                && changed.after().at("/spec/strategy/type").asText("").equals("Recreate")
                && isAppliedByServer(changed.after());
        return other && !isWritten(changed, "/spec/strategy/rollingUpdate")
                ? Optional.of(remedy("spec.strategy.rollingUpdate"))
                : Optional.empty();
    }

    Optional<String> ofStatefulSet(ObjectChange.Changed changed, FieldChange field) {
        String parameters = "/spec/updateStrategy/rollingUpdate";
        boolean other = field.isBelow("spec", "updateStrategy", "type")
                && changed.after().at("/spec/updateStrategy/type").asText("").equals("OnDelete")
                && !isWritten(changed, parameters);
        if (!other) {
            return Optional.empty();
        }
        if (isAppliedByServer(changed.after())) {
            return Optional.of(remedy("spec.updateStrategy.rollingUpdate"));
        }
        return changed.after().at(parameters).isNull()
                ? Optional.empty()
                : Optional.of(
                        "write rollingUpdate: null beside the type, since the API server has put a default there");
    }

    /** True if an earlier apply wrote them, so that the next one takes them away. */
    private static boolean isWritten(ObjectChange.Changed changed, String parameters) {
        return changed.before().at(parameters).isObject();
    }

    private static String remedy(String parameters) {
        return "write %s out and sync first, since the API server has put its defaults there; then change the type and take it away"
                .formatted(parameters);
    }

    private boolean isAppliedByServer(Manifest object) {
        return object.annotations().getOrDefault(ArgoNames.SYNC_OPTIONS, "").contains(SERVER_SIDE)
                || deliverers.applyByServer(object)
                || folders.applied()
                        .filter(application -> folders.apply(application, object))
                        .anyMatch(
                                application -> Fields.texts(application.value().at("/spec/syncPolicy/syncOptions"))
                                        .contains(SERVER_SIDE));
    }
}
