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
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tools that remember need a volume that outlives the pod, and a rollout that lets go of it first. */
@AutoService(Inspection.class)
public final class StateKept implements Check {
    public static final Rule VOLUME_NOT_REMOUNTED = Rule.error("MESH272", "volume_not_remounted")
            .title("A rolling update needs a volume twice that can be mounted once")
            .consequence("The update hangs, or the data are lost when somebody deletes the volume to end it.")
            .remedy("Set strategy.type: Recreate, or use a StatefulSet.");

    public static final Rule STATE_WITHOUT_VOLUME = Rule.error("MESH273", "state_without_volume")
            .title("A tool keeps its data in the container")
            .consequence("Dashboards, metrics, traces or rows are lost with the pod.")
            .remedy("Mount a PersistentVolumeClaim where it keeps them.");

    private static final List<Kind> REPLACING = List.of(Kind.DEPLOYMENT, Kind.ROLLOUT);
    private static final Pattern REMEMBERS = Pattern.compile(
            "(?:^|/)(grafana/grafana(-oss|-enterprise)?|prom/prometheus|prometheus/prometheus|grafana/loki|mysql|mariadb|postgres|grafana/tempo)(?::|@|$)");

    // The classes that k3s, MicroK8s, minikube and OpenEBS bring, and what provides them.
    private static final Set<String> ON_NODE_CLASSES =
            Set.of("local-path", "microk8s-hostpath", "openebs-hostpath", "hostpath");
    private static final Set<String> ON_NODE = Set.of(
            "rancher.io/local-path",
            "microk8s.io/hostpath",
            "k8s.io/minikube-hostpath",
            "docker.io/hostpath",
            "openebs.io/local",
            "kubernetes.io/no-provisioner");

    // All other sources of volumes outlive the pod.
    private static final List<String> FLEETING =
            List.of("emptyDir", "configMap", "secret", "downwardAPI", "projected", "image", "gitRepo");

    @Override
    public List<Rule> rules() {
        return List.of(VOLUME_NOT_REMOUNTED, STATE_WITHOUT_VOLUME);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream().flatMap(pod -> Stream.concat(remount(mesh, pod), forgotten(pod).stream()));
    }

    /** A new pod waits for the volume that the old one holds, and the old one goes only when the new one runs. */
    private static Stream<Finding> remount(Mesh mesh, Pod pod) {
        Manifest owner = pod.source().manifest();
        boolean recreates = owner.at("/spec/strategy/type").asText("").equals("Recreate")
                || owner.at("/spec/strategy/rollingUpdate/maxSurge").asText("").matches("0%?");
        if (!REPLACING.contains(owner.kind()) || recreates) {
            return Stream.empty();
        }
        return claims(pod)
                .flatMap(volume -> mesh
                        .manifests()
                        .find(
                                Kind.PERSISTENT_VOLUME_CLAIM,
                                pod.namespace(),
                                owner.at(volume.pointer()).asText(""))
                        .stream()
                        .filter(claim -> claim.texts("/spec/accessModes").stream()
                                .allMatch(mode -> mode.startsWith("ReadWriteOnce")))
                        .filter(claim -> !claim.texts("/spec/accessModes").isEmpty())
                        .filter(claim -> isOfOnePod(claim) || !isOnNode(mesh, claim) && !isBound(pod))
                        .map(claim -> VOLUME_NOT_REMOUNTED.at(volume, "%s %s".formatted(claim, why(claim)))));
    }

    private static String why(Manifest claim) {
        return isOfOnePod(claim)
                ? "is for one pod at a time, and a rolling update starts the new pod before the old one lets go: the"
                        + " update hangs"
                : "is for the pods of one node at a time, and a rolling update starts the new pod before the old one"
                        + " lets go: on another node it waits for ever";
    }

    private static boolean isOfOnePod(Manifest claim) {
        return claim.texts("/spec/accessModes").contains("ReadWriteOncePod");
    }

    /** A pod that asks for one node comes to where the old one is. */
    private static boolean isBound(Pod pod) {
        return pod.spec().has("nodeName") || pod.spec().path("nodeSelector").has("kubernetes.io/hostname");
    }

    /** A volume on a node's own disk keeps the new pod on that node, where both mount it (Persistent Volumes). */
    private static boolean isOnNode(Mesh mesh, Manifest claim) {
        String named = claim.text("/spec/storageClassName").orElse("");
        return ON_NODE_CLASSES.contains(named)
                || mesh.manifests().kind(Kind.STORAGE_CLASS).stream()
                        .filter(storage -> storage.name().equals(named))
                        .anyMatch(storage -> ON_NODE.contains(
                                storage.body().path("provisioner").asText("")));
    }

    private static Stream<Source> claims(Pod pod) {
        Stream.Builder<Source> claims = Stream.builder();
        for (int index = 0; index < pod.spec().path("volumes").size(); index++) {
            if (pod.spec()
                    .path("volumes")
                    .path(index)
                    .at("/persistentVolumeClaim/claimName")
                    .isTextual()) {
                claims.add(pod.source().at("/spec").item("volumes", index).at("/persistentVolumeClaim/claimName"));
            }
        }
        return claims.build();
    }

    private static Optional<Finding> forgotten(Pod pod) {
        Manifest owner = pod.source().manifest();
        boolean keeps = !owner.at("/spec/volumeClaimTemplates").isEmpty()
                || claims(pod).findAny().isPresent()
                || Fields.items(pod.spec().path("volumes")).stream()
                        .anyMatch(volume -> FLEETING.stream().noneMatch(volume::has));
        if (keeps || owner.kind().equals(Kind.JOB) || owner.kind().equals(Kind.CRON_JOB)) {
            return Optional.empty();
        }
        for (int index = 0; index < pod.spec().path("containers").size(); index++) {
            JsonNode container = pod.spec().path("containers").path(index);
            String image = container.path("image").asText("");
            boolean agent = Fields.texts(container.path("args")).stream()
                    .anyMatch(argument -> argument.contains("-mode=agent") || argument.equals("--agent"));
            if (REMEMBERS.matcher(image).find() && !agent) {
                Finding finding = STATE_WITHOUT_VOLUME.at(
                        pod.source().at("/spec").item("containers", index),
                        "\"%s\" keeps its data in the container: with the pod they are gone".formatted(image));
                // Who writes an emptyDir has chosen that.
                return Optional.of(
                        pod.spec().path("volumes").findValue("emptyDir") == null
                                ? finding
                                : finding.as(Severity.WARNING));
            }
        }
        return Optional.empty();
    }
}
