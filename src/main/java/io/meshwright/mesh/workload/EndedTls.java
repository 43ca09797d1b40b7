package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * TLS of clients that the load balancer of a Service ends on a port, as annotations of AWS ask for it
 * (docs.aws.amazon.com and kubernetes-sigs/aws-load-balancer-controller, annotations of Services).
 *
 * @param source what says so
 * @param backend the protocol in which it goes on: tcp, http, ssl or https
 */
public record EndedTls(Source source, String backend) {
    private static final String AWS = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String CERTIFICATE = AWS + "ssl-cert";
    private static final String HTTP = "http";

    public static Optional<EndedTls> of(OpenService open, ServicePort port) {
        List<String> chosen = Arrays.stream(open.annotations()
                        .getOrDefault(AWS.concat("ssl-ports"), "*")
                        .split(","))
                .map(String::strip)
                .toList();
        boolean ends = open.type().equals("LoadBalancer")
                && open.annotations().containsKey(CERTIFICATE)
                && (chosen.contains("*")
                        || chosen.contains(port.name())
                        || chosen.contains(Integer.toString(port.number())));
        return ends
                ? Optional.of(new EndedTls(
                        open.annotationAt(CERTIFICATE),
                        open.annotations().getOrDefault(AWS.concat("backend-protocol"), "tcp")))
                : Optional.empty();
    }

    /** True if it goes on in plain text. */
    public boolean isPlainBehind() {
        return backend.equals(HTTP) || backend.equals("tcp");
    }

    /** True if X-Forwarded-Proto tells the gateway that the client spoke TLS. */
    public boolean forwards() {
        return backend.equals(HTTP);
    }
}
