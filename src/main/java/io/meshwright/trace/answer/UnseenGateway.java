package io.meshwright.trace.answer;

/** A gateway of which the Gateway objects are given, and not the pods. */
public final class UnseenGateway {
    /** The reason of the doubt that this leaves. */
    public static final String WHY =
            "the gateway's pods and their load balancer are not among the manifests; add the Application of the "
                    + "gateway chart, an IstioOperator, or the Deployment and Service that somebody wrote";

    private UnseenGateway() {}
}
