package io.meshwright.plan.delivery;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Volumes of one node, or of one pod, that the old pod of a roll-out still holds when the new one wants them. */
final class HeldClaims {
    private static final Set<String> SHARED = Set.of("ReadWriteMany", "ReadOnlyMany");
    private static final String OF_ONE_POD = "ReadWriteOncePod";

    private HeldClaims() {}

    static List<Change> changes(Mesh after, Set<ObjectId> restarted) {
        return after.pods().all().stream()
                .filter(pod -> restarted.contains(ObjectId.of(pod.source().manifest())))
                .filter(pod -> RollOut.of(pod).filter(HeldClaims::overlaps).isPresent())
                .flatMap(pod -> claims(after, pod).map(claim -> change(pod, claim)))
                .toList();
    }

    /** Tells whether a new pod starts before every old one is gone. */
    private static boolean overlaps(RollOut rollOut) {
        return rollOut.replicas() > 0 && (rollOut.surge() > 0 || rollOut.serving() > 0);
    }

    /** Those of the template, which all pods share; a StatefulSet's pods have theirs each. */
    private static Stream<Manifest> claims(Mesh mesh, Pod pod) {
        return pod.source().manifest().kind().equals(Kind.STATEFUL_SET)
                ? Stream.empty()
                : Fields.items(pod.spec().path("volumes")).stream()
                        .map(volume ->
                                volume.at("/persistentVolumeClaim/claimName").asText(""))
                        .distinct()
                        .map(name -> mesh.manifests().find(Kind.PERSISTENT_VOLUME_CLAIM, pod.namespace(), name))
                        .flatMap(Optional::stream)
                        .filter(claim ->
                                !modes(claim).isEmpty() && modes(claim).stream().noneMatch(SHARED::contains));
    }

    private static List<String> modes(Manifest claim) {
        return claim.texts("/spec/accessModes");
    }

    private static Change change(Pod pod, Manifest claim) {
        boolean onePod = modes(claim).equals(List.of(OF_ONE_POD));
        return ChangeRule.CLAIM_HELD
                .of(
                        ObjectId.of(pod.source().manifest()).toString(),
                        onePod
                                ? "no new pod starts while an old one holds %s: the roll-out stands still"
                                        .formatted(claim)
                                : "a new pod on another node waits for %s while an old one holds it there"
                                        .formatted(claim))
                .because(List.of("because of access mode %s".formatted(String.join(", ", modes(claim)))));
    }
}
