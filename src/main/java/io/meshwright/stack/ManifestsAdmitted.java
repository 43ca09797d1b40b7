package io.meshwright.stack;

import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.environment.Environment;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The manifests of a team's own that are admitted: of kinds and in namespaces that Argo CD's project admits. */
final class ManifestsAdmitted {
    private static final Set<String> WITH_VALUES = Set.of("data", "stringData");

    private final List<String> admitted;
    private final String gate;
    private final List<InvalidValue> refusals = new ArrayList<>();

    private ManifestsAdmitted(Environment environment) {
        // Whoever delivers, a team's own manifests are held to what the platform has.
        this.gate = environment.delivery().isByArgoCd() ? "Argo CD's project does" : "this environment does";
        this.admitted = new ClusterNamespaces(environment)
                .destinations().stream()
                        .map(Name::toString)
                        .filter(name -> !name.equals(DeliveryStack.ID))
                        .toList();
    }

    /**
     * Refuses the manifests that Argo CD would, or that nobody should write.
     *
     * @param added by whatever is not the platform's own
     * @param platform kinds of the platform's own objects and charts
     * @param made the platform's own objects, by their {@link #identity}
     * @throws InvalidValues which hold every one of them
     */
    static void require(Environment environment, List<AddedObject> added, Set<GroupKind> platform, Set<String> made) {
        ManifestsAdmitted gate = new ManifestsAdmitted(environment);
        added.forEach(object -> {
            gate.kind(object, platform);
            gate.namespace(object);
            gate.secret(object.key(), object.object());
            gate.marks(environment, object);
            gate.twice(object.key(), object.object(), made);
        });
        InvalidValues.throwIfAny(gate.refusals);
    }

    private void kind(AddedObject added, Set<GroupKind> platform) {
        RawObject object = added.object();
        boolean known = platform.contains(GroupKind.of(object.apiVersion(), object.kind())) || added.isAdmitted();
        refuse(!known, added.key(), object, "is of a kind that %s not admit".formatted(gate), added.admitting());
        refuse(
                object.apiVersion().startsWith("argoproj.io/")
                        && Set.of("Application", "ApplicationSet", "AppProject").contains(object.kind()),
                added.key(),
                object,
                "would decide what Argo CD delivers",
                "apply it by hand, or let the environment file say it");
    }

    private void namespace(AddedObject added) {
        RawObject object = added.object();
        String namespace = object.metadata("namespace");
        if (namespace.isEmpty()) {
            refuse(
                    !added.isAdmitted(),
                    added.key(),
                    object,
                    "names no namespace",
                    "add metadata.namespace; for a kind of the cluster, %s".formatted(added.admitting()));
            return;
        }
        refuse(
                !admitted.contains(namespace),
                added.key(),
                object,
                "is for a namespace that %s not admit".formatted(gate),
                "add it to namespaces, or use one of: %s".formatted(String.join(", ", admitted)));
    }

    private void marks(Environment environment, AddedObject added) {
        boolean marked = added.object().content().get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("annotations") instanceof Map<?, ?> annotations
                && annotations.keySet().stream().anyMatch(key -> key.toString().startsWith(ArgoNames.ARGO_CD));
        refuse(
                marked && !environment.delivery().isByArgoCd(),
                added.key(),
                added.object(),
                "has annotations of Argo CD, which does not deliver this environment",
                "remove them; what must come first is a folder of its own");
    }

    private void secret(KeyPath at, RawObject object) {
        refuse(
                object.groupKind().equals("Secret") && WITH_VALUES.stream().anyMatch(object.content()::containsKey),
                at,
                object,
                "has its values in the repository, where everybody reads them",
                "name it in secrets.synced, or make it by hand");
    }

    /** Returns the words by which the API server knows an object. */
    static String identity(GroupKind kind, @Nullable String namespace, String name) {
        return "%s/%s %s/%s".formatted(kind.group(), kind.kind(), namespace == null ? "" : namespace, name);
    }

    private void twice(KeyPath at, RawObject object, Set<String> made) {
        GroupKind kind = GroupKind.of(object.apiVersion(), object.kind());
        refuse(
                made.contains(identity(kind, object.metadata("namespace"), object.metadata("name"))),
                at,
                object,
                "is made from this file too, and whichever is applied last would win",
                "remove it, or what makes it here");
    }

    private void refuse(boolean wrong, KeyPath at, RawObject object, String problem, String remedy) {
        if (wrong) {
            refusals.add(new InvalidValue(at, "%s (%s) %s".formatted(object, object.place(), problem), remedy));
        }
    }
}
