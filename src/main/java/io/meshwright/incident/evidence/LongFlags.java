package io.meshwright.incident.evidence;

import static java.util.Map.entry;

import java.util.Map;

/**
 * The long names of Envoy's response flags, which {@code RESPONSE_FLAGS_LONG} writes (envoy, stream_info/utility.h).
 */
final class LongFlags {
    private static final Map<String, String> SHORT = Map.ofEntries(
            entry("DownstreamConnectionTermination", "DC"),
            entry("DnsResolutionFailed", "DF"),
            entry("DelayInjected", "DI"),
            entry("DropOverload", "DO"),
            entry("DownstreamProtocolError", "DPE"),
            entry("DownstreamRemoteReset", "DR"),
            entry("DurationTimeout", "DT"),
            entry("FaultInjected", "FI"),
            entry("InvalidEnvoyRequestHeaders", "IH"),
            entry("FailedLocalHealthCheck", "LH"),
            entry("LocalReset", "LR"),
            entry("NoClusterFound", "NC"),
            entry("NoFilterConfigFound", "NFCF"),
            entry("NoRouteFound", "NR"),
            entry("OverloadManagerTerminated", "OM"),
            entry("ResponseFromCacheFilter", "RFCF"),
            entry("RateLimited", "RL"),
            entry("RateLimitServiceError", "RLSE"),
            entry("StreamIdleTimeout", "SI"),
            entry("UnauthorizedExternalService", "UAEX"),
            entry("UpstreamConnectionTermination", "UC"),
            entry("UpstreamConnectionFailure", "UF"),
            entry("NoHealthyUpstream", "UH"),
            entry("UpstreamMaxStreamDurationReached", "UMSDR"),
            entry("UpstreamOverflow", "UO"),
            entry("UpstreamProtocolError", "UPE"),
            entry("UpstreamRemoteReset", "UR"),
            entry("UpstreamRetryLimitExceeded", "URX"),
            entry("UpstreamRequestTimeout", "UT"));

    private LongFlags() {}

    /** The short name of a flag, by either of its names; another word as it is. */
    static String shortened(String flag) {
        return SHORT.getOrDefault(flag, flag);
    }
}
