package io.meshwright.environment;

import io.meshwright.environment.ToolStorage.Volume;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.DiskProgram;
import io.meshwright.value.workload.VolumeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a program that a network file system would cost its data gets a volume of another kind. */
final class StorageReferences {
    private final Cluster cluster;
    private final Observability observability;
    private final Map<Name, Service> services;
    private final List<InvalidValue> refusals = new ArrayList<>();

    StorageReferences(Cluster cluster, Observability observability, Map<Name, Service> services) {
        this.cluster = cluster;
        this.observability = observability;
        this.services = services;
    }

    List<InvalidValue> refusals() {
        for (Volume volume : Volume.values()) {
            if (observability.storage().keeping(volume).isEmpty()) {
                volume.program()
                        .ifPresent(program -> suits(
                                key(volume),
                                program,
                                observability.storageClass(
                                        volume, cluster.platform().storageClass()),
                                ("give it another in observability.storage.classes.%s; what is there already goes "
                                                + "into its kept")
                                        .formatted(volume.word())));
            }
        }
        services.forEach((name, service) -> service(KeyPath.of("services").key(name.toString()), service.container()));
        return refusals;
    }

    private void service(KeyPath path, Container container) {
        if (container.storage() != null) {
            String own = container.storage().storageClass();
            KeyPath storage = path.key("container").key("storage");
            DiskProgram.of(container.image().value())
                    .ifPresent(program -> suits(
                            own == null ? storage : storage.key("storageClass"),
                            program,
                            own == null ? cluster.platform().storageClass() : own,
                            "name a class of disks in storageClass"));
        }
    }

    private void suits(KeyPath path, DiskProgram program, String storageClass, String remedy) {
        Optional<VolumeKind> kind = cluster.kindOf(storageClass);
        if (program.isRefusing() && kind.filter(VolumeKind.NETWORK::equals).isPresent()) {
            refusals.add(new InvalidValue(
                    path.toString(),
                    "'%s' is a network file system, and %s".formatted(storageClass, program.why()),
                    remedy));
        }
    }

    /** The key that chose the class. */
    private KeyPath key(Volume volume) {
        if (observability.storage().classes().containsKey(volume)) {
            return KeyPath.of("observability.storage.classes").key(volume.word());
        }
        return KeyPath.of(
                observability.volumes().storageClass() == null
                        ? "cluster.platform.storageClass"
                        : "observability.volumes.storageClass");
    }
}
