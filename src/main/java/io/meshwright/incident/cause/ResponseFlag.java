package io.meshwright.incident.cause;

import java.util.Arrays;
import java.util.Optional;

/** Envoy's response flags (envoy, access log, RESPONSE_FLAGS), each with what it says and what is usually behind it. */
public enum ResponseFlag {
    DC(
            "the client closed the connection before the answer was complete",
            "It gave up: compare the duration with its timeout and with those of what stands before the gateway."),
    DF(
            "the name of a host outside could not be resolved",
            "Look at the DNS that the proxy asks, and at the host's name."),
    DI("a fault rule delayed the request", "Remove the fault from the route."),
    DO("the request was dropped as the load balancing policy says", "Look at drop overloads of the control plane."),
    DPE(
            "the client's bytes are no valid HTTP",
            "Plain text met a TLS listener or the other way round, or the client speaks HTTP/1.0 or sends a broken header."),
    DR("the client reset its stream", "It gave up or closed the page; look there first."),
    DT(
            "the request or connection lasted longer than it may",
            "Look for a maximal duration in EnvoyFilter or ProxyConfig."),
    FI("a fault rule answered instead of the service", "Remove the fault from the route."),
    IH("a header that must be valid is not", "Look at what the client sends in x-envoy headers."),
    LH("the service failed a health check", "Look at the health of its pods."),
    LR("the proxy reset the stream itself", "Look at memory, limits and draining of the proxy at that time."),
    NC(
            "the cluster of the route is not known to the proxy",
            "The Service, its port or its subset does not exist, or is not exported."),
    NFCF(
            "the configuration of a filter has not come",
            "Look at istiod and at the EnvoyFilter or WasmPlugin that needs it."),
    NR("no route or filter chain fits", "The host, the path, the port or the name in TLS is one that nothing serves."),
    OM(
            "the proxy is overloaded and turned the request away",
            "Give the proxy more memory or connections, or add replicas."),
    RFCF(
            "a cache in the proxy answered",
            "Look at the EnvoyFilter that adds the cache, and at how long it keeps answers."),
    RL("a local rate limit refused the request", "Look at the limit and who is counted together."),
    RLSE("the rate limit service failed", "Look at that service; the limit decides whether its failure refuses."),
    SI(
            "nothing came on the stream for longer than its idle timeout",
            "Send something at every heartbeat, or raise the idle timeout."),
    UAEX(
            "an external authorizer refused the request or failed",
            "Look at the CUSTOM policy and at the log of the authorizer."),
    UC(
            "the server closed the connection before it answered",
            "A server that demands mutual TLS met plain text, it closed an idle connection, or it ended while it worked."),
    UF(
            "no connection to the server could be made",
            "Nothing listens on that port, a network policy drops it, or both sides disagree about TLS."),
    UH(
            "no server is fit to take the request",
            "The Service selects no ready pod, the subset means none, or all are ejected by outlier detection."),
    UMSDR("the stream lasted longer than it may", "Look at the maximal stream duration of the route."),
    UO(
            "a limit of the connection pool was full",
            "Look at connectionPool of the DestinationRule and at how long requests take."),
    UPE("the server's bytes are no valid HTTP", "The port's protocol is declared as another than the server speaks."),
    UR("the server reset the stream", "Look at its log; HTTP/2 servers reset what they do not take."),
    URX(
            "every try failed, or no further connection may be tried",
            "Look at why the tries failed; more of them multiply load."),
    UT(
            "the server took longer than the route allows",
            "Raise the route's timeout where the work takes so long, or find out why it does.");

    private final String meaning;
    private final String remedy;

    ResponseFlag(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** A half sentence. */
    public String meaning() {
        return meaning;
    }

    /** The first thing to do, whatever the manifests say. */
    public String remedy() {
        return remedy;
    }

    static Optional<ResponseFlag> of(String flag) {
        return Arrays.stream(values()).filter(each -> each.name().equals(flag)).findFirst();
    }
}
