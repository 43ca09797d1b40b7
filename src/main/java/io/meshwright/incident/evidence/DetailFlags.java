package io.meshwright.incident.evidence;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * The response flag that goes with response code details (envoy, response code details), for formats that leave flags
 * out and for filters that set none.
 */
final class DetailFlags {
    private static final String RESET = "upstream_reset_before_response_started";
    private static final Map<String, String> BY_DETAIL = Map.ofEntries(
            entry("no_healthy_upstream", "UH"),
            entry("route_not_found", "NR"),
            entry("filter_chain_not_found", "NR"),
            entry("cluster_not_found", "NC"),
            entry("response_timeout", "UT"),
            entry("upstream_response_timeout", "UT"),
            entry("upstream_per_try_timeout", "UT"),
            entry("upstream_per_try_idle_timeout", "UT"),
            entry("stream_idle_timeout", "SI"),
            entry("max_duration_timeout", "DT"),
            entry("duration_timeout", "DT"),
            entry("upstream_max_stream_duration_reached", "UMSDR"),
            entry("downstream_remote_disconnect", "DC"),
            entry("http2.remote_reset", "DR"),
            entry("http2.remote_refuse", "DR"),
            entry("local_rate_limited", "RL"),
            entry("ext_authz_denied", "UAEX"),
            entry("ext_authz_error", "UAEX"),
            entry("fault_filter_abort", "FI"),
            entry("overload", "OM"));
    private static final Map<String, String> BY_RESET = Map.ofEntries(
            entry("overflow", "UO"),
            entry("connection_termination", "UC"),
            entry("protocol_error", "UPE"),
            entry("remote_reset", "UR"),
            entry("remote_refused_stream_reset", "UR"),
            entry("local_reset", "LR"),
            entry("connection_failure", "UF"),
            entry("remote_connection_failure", "UF"),
            entry("local_connection_failure", "UF"),
            entry("connection_timeout", "UF"));

    private DetailFlags() {}

    /** Empty where the details tell of no proxy's own answer, or of one that has no flag. */
    static Optional<String> of(String details) {
        if (!details.startsWith(RESET.concat("{"))) {
            return Optional.ofNullable(BY_DETAIL.get(details.replaceFirst("[{|].*", "")));
        }
        String reason = details.substring(RESET.length() + 1).replaceFirst("[},|].*", "");
        return Optional.ofNullable(BY_RESET.get(reason));
    }
}
