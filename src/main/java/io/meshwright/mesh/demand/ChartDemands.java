package io.meshwright.mesh.demand;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods of a Helm chart, as far as its values tell of them: each map {@code resources} with requests is one kind of
 * pods, and what stands beside it says how many. What the values leave to the chart is not told.
 */
final class ChartDemands {
    private static final String RESOURCES = "resources";
    /** Charts, and parts of charts, that run a pod on each node. */
    private static final Set<String> ON_EVERY_NODE = Set.of("cni", "ztunnel", "speaker");
    /** Parts of Istio's charts that are templates of other pods, which are counted with these. */
    private static final Set<String> TEMPLATES = Set.of("proxy", "proxy_init", "waypoint");

    /** Parts that run once, while the chart is installed. */
    private static final Set<String> ONCE = Set.of("redisSecretInit", "startupapicheck");

    private static final int ISTIOS_MOST = 5; // replicas of istiod and gateways (manifests/charts, values.yaml)

    private final HelmRelease release;
    private final List<Demand> demands = new ArrayList<>();

    private ChartDemands(HelmRelease release) {
        this.release = release;
    }

    static List<Demand> of(HelmRelease release) {
        ChartDemands found = new ChartDemands(release);
        found.read("", release.values(), false);
        return found.demands;
    }

    /** {@code inside} is true below a map of resources that has one entry for each part of the chart, as KEDA's. */
    private void read(String path, JsonNode values, boolean inside) {
        for (Map.Entry<String, JsonNode> entry : Fields.entries(values)) {
            String below = path.isEmpty() ? entry.getKey() : "%s.%s".formatted(path, entry.getKey());
            if (!entry.getValue().isObject() || path.equals("global") && TEMPLATES.contains(entry.getKey())) {
                continue;
            }
            boolean resources = entry.getKey().equals(RESOURCES);
            if ((resources || inside) && entry.getValue().path("requests").isObject()) {
                add(resources ? path : entry.getKey(), inside ? values.path("none") : values, entry.getValue());
            } else {
                read(below, entry.getValue(), resources);
            }
        }
    }

    private void add(String part, JsonNode owner, JsonNode resources) {
        if (!owner.path("enabled").asBoolean(true)) {
            return;
        }
        String name = part.isEmpty() || part.equals(release.chart())
                ? "%s/%s".formatted(release.namespace(), release.name())
                : "%s/%s (%s)".formatted(release.namespace(), release.name(), part);
        Source source = release.source();
        Amount each = Amount.requested(resources);
        String last = part.substring(part.lastIndexOf('.') + 1);
        if (ON_EVERY_NODE.contains(last.isEmpty() ? release.chart() : last)) {
            demands.add(Demand.ofNodes(name, each, source));
        } else if (ONCE.contains(last)) {
            demands.add(Demand.of(name, 0, 1, each, source));
        } else {
            int[] pods = pods(owner);
            demands.add(Demand.of(name, pods[0], pods[1], each, source));
        }
    }

    /** Least and most, by the words that charts have for them. */
    private int[] pods(JsonNode owner) {
        boolean istios = Set.of("istiod", "gateway").contains(release.chart());
        boolean scaled = owner.at("/autoscaling/enabled").asBoolean(istios && !owner.has("autoscaleEnabled"))
                || owner.path("autoscaleEnabled").asBoolean(false);
        int fixed = Fields.number(owner.path("replicaCount"))
                .or(() -> Fields.number(owner.path("replicas")))
                .orElse(1);
        if (!scaled) {
            return new int[] {fixed, fixed};
        }
        int least = Fields.number(owner.at("/autoscaling/minReplicas"))
                .or(() -> Fields.number(owner.path("autoscaleMin")))
                .orElse(1);
        int most = Fields.number(owner.at("/autoscaling/maxReplicas"))
                .or(() -> Fields.number(owner.path("autoscaleMax")))
                .orElse(istios ? ISTIOS_MOST : Math.max(least, fixed));
        return new int[] {least, most};
    }
}
