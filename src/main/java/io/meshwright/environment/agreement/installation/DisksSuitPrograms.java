package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Cluster;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.ToolStorage.Volume;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.DiskProgram;
import io.meshwright.value.workload.VolumeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that a network file system would cost its data gets a volume of another kind. */
public final class DisksSuitPrograms implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return Stream.concat(
                        Stream.of(Volume.values()).flatMap(volume -> tool(environment, volume).stream()),
                        DeclaredService.of(environment)
                                .flatMap(declared -> service(environment.cluster(), declared).stream()))
                .toList();
    }

    private static Optional<InvalidValue> tool(Environment environment, Volume volume) {
        Observability observability = environment.observability();
        if (!observability.runs(volume)
                || observability.storage().keeping(volume).isPresent()) {
            return Optional.empty();
        }
        Cluster cluster = environment.cluster();
        return volume.program()
                .flatMap(program -> refusal(
                        cluster,
                        chosenBy(observability, volume),
                        program,
                        observability.storageClass(volume, cluster.platform().storageClass()),
                        ("give it another in observability.storage.classes.%s; what is there already goes "
                                        + "into its kept")
                                .formatted(volume.word())));
    }

    private static Optional<InvalidValue> service(Cluster cluster, DeclaredService declared) {
        Container container = declared.service().container();
        if (container == null || container.storage() == null) {
            return Optional.empty();
        }
        String own = container.storage().storageClass();
        KeyPath storage = declared.at().key("container").key("storage");
        return DiskProgram.of(container.image().value())
                .flatMap(program -> refusal(
                        cluster,
                        own == null ? storage : storage.key("storageClass"),
                        program,
                        own == null ? cluster.platform().storageClass() : own,
                        "name a class of disks in storageClass"));
    }

    private static Optional<InvalidValue> refusal(
            Cluster cluster, KeyPath at, DiskProgram program, String storageClass, String remedy) {
        Optional<VolumeKind> kind = cluster.kindOf(storageClass);
        return program.isRefusing() && kind.filter(VolumeKind.NETWORK::equals).isPresent()
                ? Optional.of(new InvalidValue(
                        at, "\"%s\" is a network file system, and %s".formatted(storageClass, program.why()), remedy))
                : Optional.empty();
    }

    /** The key that chose the class. */
    private static KeyPath chosenBy(Observability observability, Volume volume) {
        if (observability.storage().classes().containsKey(volume)) {
            return KeyPath.of("observability.storage.classes").key(volume.word());
        }
        return KeyPath.of(
                observability.volumes().storageClass() == null
                        ? "cluster.platform.storageClass"
                        : "observability.volumes.storageClass");
    }
}
