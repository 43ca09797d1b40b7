package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Volumes;
import io.meshwright.value.workload.DiskProgram;
import io.meshwright.value.workload.VolumeKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that counts on a disk keeps its data on one, and not on a file system over the network. */
@AutoService(Inspection.class)
public final class VolumesSuitPrograms implements Check {
    public static final Rule VOLUME_OVER_NETWORK = Rule.error("MESH314", "volume_over_network")
            .title("A program that counts on a disk keeps its data on a network file system")
            .consequence(
                    "Its files are locked and written otherwise than it believes: it stops, or finds them broken after a"
                            + " restart.")
            .remedy(
                    "Give the claim a class of disks. A claim's class cannot change: make a new one, copy the data, or keep it"
                            + " with a reason in meshwright.io/ignore.");

    private static final Pattern TSDB = Pattern.compile("--storage\\.(?:tsdb|agent)\\.path[= ](/\\S*)");
    private static final Pattern OTHER_DATABASE = Pattern.compile("(?m)^\\s*type\\s*=\\s*(?:mysql|postgres)");
    private static final List<String> DATABASE = List.of("GF_DATABASE_TYPE", "GF_DATABASE_URL");

    @Override
    public List<Rule> rules() {
        return List.of(VOLUME_OVER_NETWORK);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Volumes volumes = new Volumes(mesh.manifests());
        return mesh.pods().all().stream()
                .flatMap(pod -> Fields.items(pod.spec().path("containers")).stream()
                        .flatMap(container -> DiskProgram.of(
                                        container.path("image").asText(""))
                                .stream()
                                .filter(program -> program != DiskProgram.GRAFANA || keepsSqlite(mesh, pod, container))
                                .flatMap(program -> Fields.items(container.path("volumeMounts")).stream()
                                        .filter(mount -> holdsData(program, container, mount))
                                        .flatMap(mount -> volumes
                                                .of(pod, mount.path("name").asText(""))
                                                .stream())
                                        .flatMap(volume -> finding(program, pod, volume).stream()))));
    }

    private static Optional<Finding> finding(DiskProgram program, Pod pod, Volumes.Volume volume) {
        if (volume.kind().isEmpty()) {
            return !program.isRefusing()
                    ? Optional.empty()
                    : Optional.of(VOLUME_OVER_NETWORK
                            .at(
                                    volume.source(),
                                    ("nothing here tells whether the volumes of class \"%s\" are disks, and %s "
                                                    + "keeps its data on one: %s")
                                            .formatted(volume.named(), pod.name(), program.why()))
                            .as(Severity.INFO));
        }
        Finding finding = VOLUME_OVER_NETWORK.at(
                volume.source(),
                "\"%s\" is a file system over the network, and %s".formatted(volume.named(), program.why()));
        return volume.kind()
                .filter(VolumeKind.NETWORK::equals)
                .map(network -> program.isRefusing() ? finding : finding.as(Severity.INFO));
    }

    /** True if the program writes its data there, and does not only read settings. */
    private static boolean holdsData(DiskProgram program, JsonNode container, JsonNode mount) {
        String path = mount.path("mountPath").asText("").replaceFirst("/+$", "");
        String data = Stream.of("command", "args")
                .flatMap(list -> Fields.texts(container.path(list)).stream())
                .filter(argument -> program == DiskProgram.PROMETHEUS)
                .map(TSDB::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(program.folder());
        return !mount.path("readOnly").asBoolean(false)
                && !path.startsWith("/etc/")
                && (isWithin(path, data) || isWithin(data, path));
    }

    private static boolean isWithin(String inner, String outer) {
        return outer.equals("/") || inner.equals(outer) || inner.startsWith(outer.concat("/"));
    }

    /** True if neither a variable nor a file of settings names a database server. */
    private static boolean keepsSqlite(Mesh mesh, Pod pod, JsonNode container) {
        boolean named = Fields.items(container.path("env")).stream()
                .anyMatch(variable -> DATABASE.contains(variable.path("name").asText(""))
                        && !variable.path("value").asText("").startsWith("sqlite3"));
        return !named
                && !container.has("envFrom")
                && Fields.items(pod.spec().path("volumes")).stream()
                        .flatMap(volume -> mesh
                                .manifests()
                                .find(
                                        Kind.CONFIG_MAP,
                                        pod.namespace(),
                                        volume.at("/configMap/name").asText(""))
                                .stream())
                        .noneMatch(VolumesSuitPrograms::namesServer);
    }

    private static boolean namesServer(Manifest settings) {
        return Fields.strings(settings.at("/data")).values().stream()
                .anyMatch(file -> OTHER_DATABASE.matcher(file).find());
    }
}
