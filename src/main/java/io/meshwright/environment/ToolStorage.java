package io.meshwright.environment;

import io.meshwright.value.Day;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import io.meshwright.value.workload.DiskProgram;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Classes of single volumes of the monitoring tools, and the volumes that keep the class that they have. */
@Doc("Storage classes of single tools.")
public record ToolStorage(
        @Defaulted @Doc("Class of a tool's volume, by the tool; default: volumes.storageClass.")
        Map<Volume, String> classes,

        @Defaulted @Doc("Volumes that are there already and keep their class, which no claim can change.")
        List<Kept> kept) {
    public ToolStorage {
        classes = classes == null ? Map.of() : new LinkedHashMap<>(classes);
        classes.values().forEach(name -> Require.notBlank("classes", name));
        kept = kept == null ? List.of() : List.copyOf(kept);
        Set<Volume> known = new HashSet<>();
        kept.stream()
                .flatMap(entry -> entry.volumes().stream())
                .forEach(volume -> Require.that(
                        known.add(volume),
                        "kept",
                        "\"%s\" is kept twice".formatted(volume.word()),
                        "leave it in one entry"));
        classes.keySet()
                .forEach(volume -> Require.that(
                        !known.contains(volume),
                        "classes.%s".formatted(volume.word()),
                        "is the class of a volume that keeps another",
                        "remove it, or \"%s\" from kept".formatted(volume.word())));
    }

    static ToolStorage none() {
        return new ToolStorage(null, null);
    }

    /** True if no volume takes its class from anywhere else. */
    boolean hasEveryVolume() {
        return Stream.of(Volume.values())
                .allMatch(
                        volume -> classes.containsKey(volume) || keeping(volume).isPresent());
    }

    /** The terms on which a volume keeps its class. */
    public Optional<Kept> keeping(Volume volume) {
        return kept.stream().filter(entry -> entry.volumes().contains(volume)).findFirst();
    }

    /** The volumes, named as their sizes are. */
    public enum Volume {
        @Word("prometheus")
        PROMETHEUS(DiskProgram.PROMETHEUS),
        @Word("grafana")
        GRAFANA(DiskProgram.GRAFANA),
        @Word("loki")
        LOKI(DiskProgram.LOKI),
        @Word("jaeger")
        JAEGER(DiskProgram.JAEGER),
        @Word("alertmanager")
        ALERTMANAGER(null),
        @Word("backups")
        BACKUPS(null);

        private final @Nullable DiskProgram program;

        Volume(@Nullable DiskProgram program) {
            this.program = program;
        }

        /** Its program, whose makers rule out or advise against file systems over the network; empty for the others. */
        public Optional<DiskProgram> program() {
            return Optional.ofNullable(program);
        }

        /** As the file spells it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Volumes that stay as they are until a day, for a reason, by a person's word. */
    @Doc("Volumes that keep the class they have.")
    public record Kept(
            @Required @Doc("Whose volumes, such as [prometheus, grafana].")
            List<Volume> volumes,

            @Required @Doc("The class that their claims have.")
            String storageClass,

            @Required @Doc("Who answers for it.") String owner,
            @Required @Doc("Why they are not moved yet.") String reason,
            @Required @Doc("Last day on which it holds.") Day expires) {
        public Kept {
            volumes = Require.notEmpty("volumes", volumes);
            Require.notBlank("storageClass", storageClass);
            Require.notBlank("owner", owner);
            Require.notBlank("reason", reason);
            Require.present("expires", expires);
        }
    }
}
