package io.meshwright.advise.snapshot;

import io.meshwright.advise.snapshot.Query.About;
import java.util.List;
import java.util.Optional;

/** The query for who calls whom, as the callers' own proxies count it. */
public final class CallQueries {
    /**
     * Requests by caller and service; a caller that was seen at all has a sample, be it of none, as the first request
     * of a series is no increase.
     */
    public static final String CALLS = "calls";

    /** The label of a caller's namespace. */
    public static final String CALLER_NAMESPACE = "source_workload_namespace";

    /** The label of a caller, whose versions have one name in it (istio.io, canonical service). */
    public static final String CALLER = "source_canonical_service";

    private CallQueries() {}

    static List<Query> of(String services, String range) {
        String by = "%s, %s, %s".formatted(CALLER_NAMESPACE, CALLER, Queries.SERVICE);
        String requests = "istio_requests_total{reporter=\"source\",%s}".formatted(services);
        return List.of(new Query(
                CALLS,
                "sum by (%1$s) (increase(%2$s[%3$s])) or count by (%1$s) (last_over_time(%2$s[%3$s])) * 0"
                        .formatted(by, requests, range),
                Optional.empty(),
                About.SERVICE));
    }
}
