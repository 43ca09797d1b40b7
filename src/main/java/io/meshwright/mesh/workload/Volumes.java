package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.workload.VolumeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The storage below the volumes of pods, as claims, classes and volumes among the manifests tell. */
public final class Volumes {
    private static final String KIND = MeshwrightNames.STORAGE_KIND;
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final List<String> EXPORTED = List.of("nfs", "azureFile");

    private final Manifests manifests;

    public Volumes(Manifests manifests) {
        this.manifests = manifests;
    }

    /**
     * The storage below one volume of a pod.
     *
     * @param source what says so: the claim's class, or the volume in the pod
     * @param named the class, or the field of the pod
     * @param kind empty where nothing tells
     */
    public record Volume(Source source, String named, Optional<VolumeKind> kind) {}

    /**
     * The volume of that name; empty where it is no claim among the manifests, or one of the cluster's default class.
     */
    public Optional<Volume> of(Pod pod, String name) {
        List<JsonNode> volumes = Fields.items(pod.spec().path("volumes"));
        for (int index = 0; index < volumes.size(); index++) {
            if (volumes.get(index).path("name").asText("").equals(name)) {
                return ofPod(pod, volumes.get(index), pod.source().at("/spec").item("volumes", index));
            }
        }
        return template(pod, name);
    }

    private Optional<Volume> ofPod(Pod pod, JsonNode volume, Source source) {
        Optional<Volume> exported = EXPORTED.stream()
                .filter(volume::has)
                .map(field -> new Volume(source.field(field), field, Optional.of(VolumeKind.NETWORK)))
                .findFirst();
        return exported.or(() -> manifests
                .find(
                        Kind.PERSISTENT_VOLUME_CLAIM,
                        pod.namespace(),
                        volume.at("/persistentVolumeClaim/claimName").asText(""))
                .flatMap(claim -> ofClaim(
                        Source.of(claim),
                        claim.at("/spec"),
                        claim.annotations().get(KIND),
                        claim.annotations().get(OLD_CLASS))));
    }

    private Optional<Volume> template(Pod pod, String name) {
        Manifest owner = pod.source().manifest();
        List<JsonNode> templates = Fields.items(owner.at("/spec/volumeClaimTemplates"));
        for (int index = 0; index < templates.size(); index++) {
            JsonNode template = templates.get(index);
            if (template.at("/metadata/name").asText("").equals(name)) {
                JsonNode notes = template.at("/metadata/annotations");
                return ofClaim(
                        Source.of(owner).item("spec/volumeClaimTemplates", index),
                        template.path("spec"),
                        notes.path(KIND).asText(null),
                        notes.path(OLD_CLASS).asText(null));
            }
        }
        return Optional.empty();
    }

    private Optional<Volume> ofClaim(
            Source claim, JsonNode spec, @Nullable String declared, @Nullable String oldClass) {
        Optional<Manifest> bound = Fields.text(spec.path("volumeName"))
                .flatMap(name -> manifests.kind(Kind.PERSISTENT_VOLUME).stream()
                        .filter(volume -> volume.name().equals(name))
                        .findFirst());
        if (bound.filter(Volumes::isExported).isPresent()) {
            return Optional.of(
                    new Volume(claim.at("/spec/volumeName"), bound.get().name(), Optional.of(VolumeKind.NETWORK)));
        }
        return Fields.text(spec.path("storageClassName"))
                .or(() -> Optional.ofNullable(oldClass))
                .filter(storageClass -> bound.isEmpty())
                .map(storageClass ->
                        new Volume(claim.at("/spec/storageClassName"), storageClass, kind(storageClass, declared)));
    }

    private static boolean isExported(Manifest volume) {
        return EXPORTED.stream().anyMatch(volume.at("/spec")::has)
                || VolumeKind.isExported(volume.at("/spec/csi/driver").asText(""));
    }

    /** The class itself knows best, then whoever wrote the claim, then the name. */
    private Optional<VolumeKind> kind(String storageClass, @Nullable String declared) {
        Optional<Manifest> known = manifests.kind(Kind.STORAGE_CLASS).stream()
                .filter(each -> each.name().equals(storageClass))
                .findFirst();
        if (known.isPresent()) {
            return Optional.of(
                    VolumeKind.isExported(known.get().body().path("provisioner").asText(""))
                            ? VolumeKind.NETWORK
                            : VolumeKind.BLOCK);
        }
        return Stream.of(VolumeKind.values())
                .filter(kind -> kind.word().equals(declared))
                .findFirst()
                .or(() -> VolumeKind.ofClass(storageClass));
    }
}
