package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws DestinationRules: those of the services' owners, and those of others for the same hosts. */
final class DestinationRuleDice {
    private final Dice dice;
    private final DrawnObjects objects;

    DestinationRuleDice(Dice dice, DrawnObjects objects) {
        this.dice = dice;
        this.objects = objects;
    }

    void draw() {
        owners("shop", "web", true);
        owners("pay", "bank", true);
        if (dice.percent(30)) {
            owners("shop", "cart", false);
        }
        if (dice.percent(20)) {
            add("legacy", "old", map("host", "old.legacy.svc.cluster.local", "trafficPolicy", tls()));
        }
        if (dice.percent(15)) {
            add("istio-system", "all", map("host", "*.shop.svc.cluster.local", "trafficPolicy", tls()));
        }
        if (dice.percent(20)) {
            add("pay", "web", callers());
        }
    }

    private void owners(String namespace, String name, boolean versions) {
        Map<String, Object> spec = map("host", "%s.%s.svc.cluster.local".formatted(name, namespace));
        if (versions) {
            spec.put("subsets", subsets());
        }
        if (dice.percent(25)) {
            spec.put("trafficPolicy", tls());
        } else if (dice.percent(15)) {
            spec.put(
                    "trafficPolicy",
                    map("portLevelSettings", List.of(map("port", map("number", 80), "tls", map("mode", mode())))));
        }
        if (dice.percent(10)) {
            spec.put("exportTo", List.of(dice.one(".", "pay")));
        }
        add(namespace, name, spec);
    }

    /** What callers of web in another namespace see before what its owner says, some of them or all. */
    private Map<String, Object> callers() {
        Map<String, Object> spec = map("host", dice.one("web.shop.svc.cluster.local", "*.shop.svc.cluster.local"));
        if (dice.percent(50)) {
            spec.put("subsets", List.of(map("name", "v1", "labels", map("version", dice.one("v1", "v2")))));
        }
        if (dice.percent(50)) {
            spec.put("trafficPolicy", tls());
        }
        if (dice.percent(40)) {
            spec.put("workloadSelector", map("matchLabels", map("app", dice.one("bank", "nobody"))));
        }
        return spec;
    }

    private List<Object> subsets() {
        List<Object> subsets = new ArrayList<>();
        for (String version : List.of("v1", "v2")) {
            Map<String, Object> subset = map("name", version, "labels", map("version", version));
            if (dice.percent(10)) {
                subset.put("trafficPolicy", tls());
            }
            subsets.add(subset);
        }
        subsets.add(map("name", "none", "labels", map("version", "v9")));
        return subsets;
    }

    private Map<String, Object> tls() {
        return map("tls", map("mode", mode()));
    }

    private String mode() {
        return dice.one("ISTIO_MUTUAL", "ISTIO_MUTUAL", "ISTIO_MUTUAL", "ISTIO_MUTUAL", "DISABLE", "SIMPLE");
    }

    private void add(String namespace, String name, Map<String, Object> spec) {
        objects.add("networking.istio.io/v1", "DestinationRule", namespace, name, spec);
    }
}
