package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kiali reads the cluster under its service account; what is not part of the manifests is gone after the next restart.
 */
@AutoService(Inspection.class)
public final class KialiPermitted implements Check {
    public static final Rule KIALI_WITHOUT_RIGHTS = Rule.error("MESH274", "kiali_without_rights")
            .title("Kiali's service account or its rights are not part of the manifests")
            .consequence("After a restart Kiali may read nothing.")
            .remedy("Write the ServiceAccount, a ClusterRole and a ClusterRoleBinding beside it.");

    private static final Pattern IMAGE = Pattern.compile("(?:^|/)kiali/kiali(?::|@|$)");
    private static final List<Kind> BINDINGS = List.of(
            new Kind("rbac.authorization.k8s.io", "ClusterRoleBinding"),
            new Kind("rbac.authorization.k8s.io", "RoleBinding"));

    @Override
    public List<Rule> rules() {
        return List.of(KIALI_WITHOUT_RIGHTS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(KialiPermitted::isKiali)
                .flatMap(pod -> missing(mesh, pod).stream()
                        .map(what -> KIALI_WITHOUT_RIGHTS.at(
                                pod.source().at("/spec/serviceAccountName"),
                                "Kiali runs under service account \"%s\", and %s: it shows nothing"
                                        .formatted(pod.serviceAccount(), what))));
    }

    private static boolean isKiali(Pod pod) {
        return Fields.items(pod.spec().path("containers")).stream()
                .anyMatch(container ->
                        IMAGE.matcher(container.path("image").asText("")).find());
    }

    private static Optional<String> missing(Mesh mesh, Pod pod) {
        boolean account = mesh.manifests()
                        .find(Kind.SERVICE_ACCOUNT, pod.namespace(), pod.serviceAccount())
                        .isPresent()
                || mesh.externals().hasServiceAccount(pod.namespace(), pod.serviceAccount());
        if (!account) {
            return Optional.of("no ServiceAccount of that name is among the manifests");
        }
        boolean bound = BINDINGS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(binding -> Fields.items(binding.at("/subjects")).stream())
                .anyMatch(subject -> subject.path("name").asText("").equals(pod.serviceAccount())
                        // Where nothing says into which namespace the pod goes, the binding may mean that one.
                        && (pod.source().manifest().namespace().isEmpty()
                                || subject.path("namespace")
                                        .asText(pod.namespace())
                                        .equals(pod.namespace())));
        return bound ? Optional.empty() : Optional.of("no binding gives it a role");
    }
}
