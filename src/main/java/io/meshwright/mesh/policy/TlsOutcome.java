package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.waypoint.Waypoints;
import java.util.List;

/** The outcome of a connection between a client and a pod as far as TLS decides it. */
public sealed interface TlsOutcome {
    /** The fields that decided it; empty where Istio's defaults did. */
    List<Source> decidedBy();

    /** One clause on what the connection speaks. */
    String sentence();

    /** Both sides prove who they are: principals are known. */
    record Mutual(List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return "Istio's mutual TLS";
        }
    }

    /**
     * A tunnel to a ztunnel or a sidecar, by which both sides prove who they are; {@code begun} says that TLS to the
     * application is begun inside it.
     */
    record Tunnel(boolean begun, List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return begun
                    ? "Istio's mutual TLS in a tunnel, and TLS to the application inside"
                    : "Istio's mutual TLS in a tunnel";
        }
    }

    /** The bytes arrive as the client's application sent them; the server knows no principal. */
    record Plain(List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return "no TLS of Istio's, and no identity";
        }
    }

    /** The client's proxy speaks TLS to the server's application; there is no principal. */
    record Application(List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return "the proxy speaks TLS to the application";
        }
    }

    /** The connection fails. */
    record Broken(Failure failure, List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return failure.sentence();
        }
    }

    /**
     * Istio's mutual TLS if the server has a proxy, and none if it has not, which the manifests do not tell: the call
     * arrives, and the server learns who calls only if it asks.
     */
    record Either(String why, List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return "Istio's mutual TLS if the server has a proxy, which does not matter here";
        }
    }

    /** The manifests do not tell. */
    record Unknown(String why, List<Source> decidedBy) implements TlsOutcome {
        @Override
        public String sentence() {
            return why;
        }
    }

    /** Ways in which the two sides do not fit; {@code flag} is Envoy's response flag for HTTP at the client's proxy. */
    enum Failure {
        PLAIN_TO_STRICT("UC", "the client sends plaintext, but the server takes mutual TLS only"),
        MUTUAL_TO_NO_PROXY("UF", "the client insists on Istio's mutual TLS, but the server has no proxy to end it"),
        MUTUAL_TO_UNCAPTURED(
                "UF", "the client speaks Istio's mutual TLS, but the port is kept away from the server's sidecar"),
        MUTUAL_TO_DISABLED(
                "UF", "the client insists on Istio's mutual TLS, but the server's PeerAuthentication switches it off"),
        MUTUAL_TO_OUTSIDE("UF", "the client insists on Istio's mutual TLS, but the host is outside the mesh"),
        OTHER_IDENTITY("UF", "the client demands another identity of the server (subjectAltNames) than it has"),
        PLAIN_TO_OWN_TLS("UC", "the client sends plaintext, but the server's Sidecar takes TLS only"),
        MUTUAL_TO_OWN_TLS(
                "UF",
                "the client insists on Istio's mutual TLS, but the server's Sidecar shows a certificate of its own"),
        // The client wants a certificate of an authority that it knows, which the mesh's is not; only one that is told
        // to skip that gets so far that the server resets it.
        APPLICATION_TO_STRICT(
                "UF", "the client speaks plain TLS without a mesh certificate, but the server takes mutual TLS only"),
        APPLICATION_TO_HTTP("UF", "the client speaks TLS, but the port behind the server's sidecar is HTTP");

        private final String flag;
        private final String sentence;

        Failure(String flag, String sentence) {
            this.flag = flag;
            this.sentence = sentence;
        }

        public String flag() {
            return flag;
        }

        /** One clause on what does not fit. */
        public String sentence() {
            return sentence;
        }
    }

    /** Tells whether the server learns who calls. */
    default Truth knowsPrincipal() {
        if (this instanceof Unknown || this instanceof Either) {
            return Truth.UNKNOWN;
        }
        return Truth.of(this instanceof Mutual || this instanceof Tunnel);
    }

    /** The caller as the server knows it; {@code identity} is what the client's certificate would say. */
    default Attribute principal(String identity) {
        return switch (knowsPrincipal()) {
            case YES -> Attribute.known(identity);
            case NO -> Attribute.absent();
            case UNKNOWN -> Attribute.unknown();
        };
    }

    /**
     * Port on which a pod takes the connection: ztunnels have tunnels to a port of their own, whatever port is called
     * inside.
     */
    default int port(int target) {
        return this instanceof Tunnel ? Waypoints.TUNNEL : target;
    }

    /** True if a proxy begins TLS with the server's application, whatever the client sends. */
    default boolean beginsTls() {
        return this instanceof Application || this instanceof Tunnel tunnel && tunnel.begun();
    }

    default boolean isBroken() {
        return this instanceof Broken;
    }
}
