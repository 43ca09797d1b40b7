package io.meshwright.construct.observability.settings;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of the volumes, and their classes.
 *
 * @param storageClass absent: the cluster's default class
 * @param prometheus default 20Gi
 * @param loki default 10Gi
 * @param jaeger default 10Gi
 * @param grafana default 2Gi
 * @param alertmanager silences, and what was sent already; default 1Gi
 * @param backups of Grafana; default 2Gi
 * @param terms of claims that say more than the class of all
 */
public record Volumes(
        @Nullable String storageClass,
        @Defaulted Quantity prometheus,
        @Defaulted Quantity loki,
        @Defaulted Quantity jaeger,
        @Defaulted Quantity grafana,
        @Defaulted Quantity alertmanager,
        @Defaulted Quantity backups,
        @Defaulted Map<Component, ClaimTerms> terms) {
    public Volumes {
        prometheus = prometheus == null ? Quantity.of("20Gi") : prometheus;
        loki = loki == null ? Quantity.of("10Gi") : loki;
        jaeger = jaeger == null ? Quantity.of("10Gi") : jaeger;
        grafana = grafana == null ? Quantity.of("2Gi") : grafana;
        alertmanager = alertmanager == null ? Quantity.of("1Gi") : alertmanager;
        backups = backups == null ? Quantity.of("2Gi") : backups;
        terms = terms == null ? Map.of() : Map.copyOf(terms);
    }

    /** On which terms a program claims its volume. */
    public ClaimTerms termsOf(Component component) {
        return terms.getOrDefault(component, ClaimTerms.of(storageClass));
    }

    public static Volumes defaults() {
        return new Volumes(null, null, null, null, null, null, null, null);
    }
}
