package io.meshwright.stack.delivery;

import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.MeshwrightNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * Values for the one {@code helm install} of Argo CD, the same by which it later manages itself: without them the first
 * sync's waves would not wait. No Application reads this folder.
 */
public final class BootstrapStack extends Chart {
    public static final String ID = "bootstrap";

    public BootstrapStack(Construct scope, InstalledChart argoCd) {
        super(scope, ID);
        Map<String, Object> values = new LinkedHashMap<>();
        // Helm passes over keys that its chart does not read; with these the file is an object like every other one in
        // dist.
        values.put("apiVersion", MeshwrightNames.API_VERSION);
        values.put("kind", "HelmValues");
        values.put("metadata", Map.of("name", argoCd.name().toString()));
        values.putAll(argoCd.values().values());
        KubernetesObject.of(this, argoCd.name().toString(), values);
    }
}
