package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.workload.VolumeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A volume that pods of several nodes mount at once is of a class that hands out such volumes. */
public final class SharedVolumesOnNetwork implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.namespaces().entrySet().stream()
                .flatMap(namespace -> namespace.getValue().persistentVolumeClaims().entrySet().stream()
                        .flatMap(claim -> refusal(
                                environment,
                                KeyPath.of("namespaces")
                                        .key(namespace.getKey().toString())
                                        .key("persistentVolumeClaims")
                                        .key(claim.getKey().toString()),
                                claim.getValue()
                                        .classOr(
                                                environment.cluster().platform().storageClass()),
                                claim.getValue().storageClass() != null)
                                .stream()))
                .toList();
    }

    // Longhorn serves a volume of its disks to several nodes by NFS [longhorn.io, ReadWriteMany].
    private static Optional<InvalidValue> refusal(
            Environment environment, KeyPath at, String storageClass, boolean own) {
        Stream<VolumeKind> kind = environment.cluster().kindOf(storageClass).stream();
        return kind.filter(found -> found != VolumeKind.NETWORK && !storageClass.startsWith("longhorn"))
                .map(found -> new InvalidValue(
                        own ? at.key("storageClass") : at,
                        "is of class \"%s\", whose volumes are disks that one node at a time mounts"
                                .formatted(storageClass),
                        "name a class of a network file system in storageClass; a disk of one workload is its"
                                + " container.storage"))
                .findFirst();
    }
}
