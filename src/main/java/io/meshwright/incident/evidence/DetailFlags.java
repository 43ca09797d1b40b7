package io.meshwright.incident.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The response flag that goes with response code details (envoy, response code details), for formats that leave flags
 * out and for filters that set none.
 */
final class DetailFlags {
    private static final String RESET = "upstream_reset_before_response_started";
    private static final Map<String, String> BY_DETAIL = byDetail();
    private static final Map<String, String> BY_RESET = byReset();

    private DetailFlags() {}

    private static Map<String, String> byDetail() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("no_healthy_upstream", "UH");
        flags.put("route_not_found", "NR");
        flags.put("filter_chain_not_found", "NR");
        flags.put("cluster_not_found", "NC");
        flags.put("response_timeout", "UT");
        flags.put("upstream_response_timeout", "UT");
        flags.put("upstream_per_try_timeout", "UT");
        flags.put("upstream_per_try_idle_timeout", "UT");
        flags.put("stream_idle_timeout", "SI");
        flags.put("max_duration_timeout", "DT");
        flags.put("duration_timeout", "DT");
        flags.put("upstream_max_stream_duration_reached", "UMSDR");
        flags.put("downstream_remote_disconnect", "DC");
        flags.put("http2.remote_reset", "DR");
        flags.put("http2.remote_refuse", "DR");
        flags.put("local_rate_limited", "RL");
        flags.put("ext_authz_denied", "UAEX");
        flags.put("ext_authz_error", "UAEX");
        flags.put("fault_filter_abort", "FI");
        flags.put("overload", "OM");
        return flags;
    }

    private static Map<String, String> byReset() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("overflow", "UO");
        flags.put("connection_termination", "UC");
        flags.put("protocol_error", "UPE");
        flags.put("remote_reset", "UR");
        flags.put("remote_refused_stream_reset", "UR");
        flags.put("local_reset", "LR");
        flags.put("connection_failure", "UF");
        flags.put("remote_connection_failure", "UF");
        flags.put("local_connection_failure", "UF");
        flags.put("connection_timeout", "UF");
        return flags;
    }

    /** Empty where the details tell of no proxy's own answer, or of one that has no flag. */
    static Optional<String> of(String details) {
        if (!details.startsWith(RESET.concat("{"))) {
            return Optional.ofNullable(BY_DETAIL.get(details.replaceFirst("[{|].*", "")));
        }
        String reason = details.substring(RESET.length() + 1).replaceFirst("[},|].*", "");
        return Optional.ofNullable(BY_RESET.get(reason));
    }
}
