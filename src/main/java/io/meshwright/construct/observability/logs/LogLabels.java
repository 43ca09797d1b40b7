package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.AccessLogs;
import io.meshwright.construct.observability.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels by which a log line is found in Loki: one list for what the agents set and what the proxies send.
 *
 * <p>Only attributes of the resource can become labels, and Loki takes at most 15 of them; everything else stays
 * searchable as structured metadata.
 */
public final class LogLabels {
    public static final String NAMESPACE = "namespace";
    public static final String POD = "pod";
    public static final String CONTAINER = "container";
    public static final String APP = "app";
    public static final String VERSION = "version";

    /** {@value #ACCESS} or {@value #APPLICATION}. */
    public static final String TYPE = "log_type";

    public static final String ACCESS = "access-log";
    public static final String APPLICATION = "application-log";

    static final String SERVICE = "service.name";

    private LogLabels() {}

    /** Labels that the agents set on every line. */
    static List<String> ofAgents() {
        return List.of(SERVICE, NAMESPACE, POD, CONTAINER, APP, VERSION, TYPE);
    }

    /** Labels that the access log provider of the mesh configuration sends, if there is one. */
    static List<String> ofProvider(Settings settings) {
        return settings.accessLogs() instanceof AccessLogs.Provider provider ? provider.labels() : List.of();
    }

    /** Every label that Loki indexes, in a fixed order and each once. */
    static List<String> all(Settings settings) {
        Set<String> labels = new LinkedHashSet<>(ofAgents());
        labels.addAll(ofProvider(settings));
        return new ArrayList<>(labels);
    }
}
