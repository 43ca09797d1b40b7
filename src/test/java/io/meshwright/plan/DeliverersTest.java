package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.side.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of a change where Flux or people deliver it. */
class DeliverersTest {
    private static final String APPLIED = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: services, namespace: flux-system}
        spec: {dependsOn: [{name: mesh}], path: ./dist/shop/services, prune: %s, force: %s, interval: 10m}
        """;
    private static final String FLUX = APPLIED.formatted(true, false);
    private static final String KEEPING = APPLIED.formatted(false, false);
    private static final String FORCING = APPLIED.formatted(true, true);
    private static final String STEPS = """
        apiVersion: meshwright.io/v1
        kind: Installation
        metadata: {name: shop}
        spec: {steps: [{apply: namespaces}, {install: istiod, namespace: istio-system}, {apply: services}]}
        """;
    private static final String RELEASE = """
        apiVersion: meshwright.io/v1
        kind: Release
        metadata: {name: istiod, namespace: istio-system}
        spec: {chart: istiod, version: 1.30.5, repository: https://blob.istio.io/istio-release/charts, values: {}}
        """;

    @Test
    void flux_prunes_what_is_gone_unless_something_says_otherwise() {
        assertThat(told(flux(FLUX, "a", map("a")), flux(FLUX)))
                .contains("PLAN306 ConfigMap shop/a is pruned by Kustomization flux-system/services,"
                        + " before what takes its place is ready");
        assertThat(told(flux(KEEPING, "a", map("a")), flux(KEEPING)))
                .contains(
                        "PLAN307 ConfigMap shop/a stays in the cluster, because Kustomization flux-system/services does"
                                + " not prune: delete it by hand");
        assertThat(told(flux(FLUX, "a", kept("a")), flux(FLUX)))
                .contains("PLAN307 ConfigMap shop/a stays in the cluster (prune: disabled) and is nobody's any more:"
                        + " delete it by hand");
        assertThat(told(flux(FLUX, "a", claim()), flux(FLUX)))
                .anyMatch(line -> line.startsWith("PLAN305 PersistentVolumeClaim shop/a is pruned by"));
    }

    @Test
    void the_kustomization_that_applies_a_change_is_named_with_those_before_it() {
        assertThat(told(flux(FLUX), flux(FLUX, "a", map("a"))))
                .contains("PLAN310 Kustomization flux-system/services (after mesh) applies 1 object");
    }

    @Test
    void flux_applies_nothing_of_a_folder_with_a_change_that_is_refused() {
        List<Change> changes = changes(flux(FLUX, "a", claim()), flux(FLUX, "a", claim().replace("fast", "slow")));

        assertThat(refused(changes).reasons())
                .contains("until then Kustomization flux-system/services applies nothing of its folder: force is off");
    }

    @Test
    void flux_makes_anew_what_it_is_told_to_force() {
        List<Change> changes =
                changes(flux(FORCING, "a", claim()), flux(FORCING, "a", claim().replace("fast", "slow")));

        assertThat(refused(changes).reasons())
                .containsExactly(
                        "Flux deletes the object and makes it anew, because force is on: what it holds is lost");
    }

    @Test
    void by_hand_nothing_goes_and_each_change_has_its_step() {
        Map<String, String> before = new TreeMap<>(Map.of(
                "dist/shop/install/installation.shop.yaml", STEPS,
                "dist/shop/install/release.istio-system.istiod.yaml", RELEASE,
                "dist/shop/services/a.yaml", map("a")));
        Map<String, String> after = new TreeMap<>(
                Map.of("dist/shop/install/installation.shop.yaml", STEPS, "dist/shop/services/b.yaml", map("b")));

        assertThat(told(before, after))
                .contains(
                        "PLAN307 ConfigMap shop/a stays in the cluster, nobody removes it: delete it by hand",
                        "PLAN307 Release istio-system/istiod stays in the cluster, nobody removes it: helm uninstall"
                                + " istiod --namespace istio-system",
                        "PLAN310 step 3 of 3 applies 1 object");
    }

    private static Map<String, String> flux(String kustomization, String... objects) {
        Map<String, String> files = new TreeMap<>();
        files.put("dist/shop/flux/kustomization.yaml-of-flux.yaml", kustomization);
        files.put("dist/shop/services/always.yaml", map("always"));
        for (int i = 0; i + 1 < objects.length; i += 2) {
            files.put("dist/shop/services/%s.yaml".formatted(objects[i]), objects[i + 1]);
        }
        return files;
    }

    private static String map(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop}, data: {a: b}}\n"
                .formatted(name);
    }

    private static String kept(String name) {
        return ("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop, annotations:"
                        + " {kustomize.toolkit.fluxcd.io/prune: disabled}}, data: {a: b}}\n")
                .formatted(name);
    }

    private static String claim() {
        return "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a, namespace: shop}, spec:"
                + " {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}\n";
    }

    private static Change refused(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.rule().code().equals("PLAN302")
                        || change.sentence().contains("may not change"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> told(Map<String, String> before, Map<String, String> after) {
        return changes(before, after).stream()
                .map(change -> "%s %s %s".formatted(change.rule().code(), change.subject(), change.sentence()))
                .toList();
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        return Plan.between("", side(before), side(after), List.of()).changes();
    }

    private static Side side(Map<String, String> files) {
        ManifestReader reader = new ManifestReader();
        files.forEach(reader::text);
        return Side.of("", reader.read(), Optional.empty());
    }
}
