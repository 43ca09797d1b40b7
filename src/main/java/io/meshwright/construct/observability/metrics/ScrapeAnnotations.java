package io.meshwright.construct.observability.metrics;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pod annotations by which a pod asks to be scraped.
 *
 * <p>Without a sidecar Prometheus reads them as they stand. The injector rewrites them to the agent's port 15020, which
 * serves the application's and Envoy's metrics together and is not captured, so that STRICT mTLS does not block it
 * (incident I13). The NetworkPolicy that lets Prometheus in there is of {@code NamespaceGuard}.
 */
public final class ScrapeAnnotations {
    public static final String SCRAPE = "prometheus.io/scrape";
    public static final String PORT = "prometheus.io/port";
    public static final String PATH = "prometheus.io/path";
    static final String SCHEME = "prometheus.io/scheme";

    private ScrapeAnnotations() {}

    public static SortedMap<String, String> of(int port, String path) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(SCRAPE, "true");
        annotations.put(PORT, Integer.toString(port));
        annotations.put(PATH, path);
        return annotations;
    }

    /** Those of a Spring Boot application whose actuator answers on {@code port}. */
    public static SortedMap<String, String> springBoot(int port) {
        return of(port, "/actuator/prometheus");
    }
}
