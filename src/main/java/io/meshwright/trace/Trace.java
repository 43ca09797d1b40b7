package io.meshwright.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import io.meshwright.trace.stage.Tracer;

/**
 * Asks how a mesh answers requests, for instance from a test: {@code Trace.of(mesh).request("GET",
 * "https://example.org/").header("canary", "true").verdict()}.
 */
public final class Trace {
    private final Tracer tracer;

    private Trace(Mesh mesh) {
        this.tracer = new Tracer(mesh);
    }

    public static Trace of(Mesh mesh) {
        return new Trace(mesh);
    }

    /** A request from the internet, to be described further. */
    public Inquiry request(String method, String url) {
        return new Inquiry(tracer, Request.of(method, url));
    }

    /** The way of a request that is fully described. */
    public Path follow(Request request) {
        return tracer.follow(request);
    }

    /** A request and the mesh that is asked about it; the methods refuse what {@link Request} refuses. */
    public static final class Inquiry {
        private final Tracer tracer;
        private final Request request;

        private Inquiry(Tracer tracer, Request request) {
            this.tracer = tracer;
            this.request = request;
        }

        public Inquiry header(String name, String value) {
            return new Inquiry(tracer, request.header(name, value));
        }

        public Inquiry jwt(JsonNode claims) {
            return new Inquiry(tracer, request.jwt(claims));
        }

        /** {@value Request#INTERNET}, {@code namespace/workload} or {@code namespace/service account}. */
        public Inquiry from(String caller) {
            return new Inquiry(tracer, request.from(caller));
        }

        public Inquiry clientIp(String address) {
            return new Inquiry(tracer, request.clientIp(address));
        }

        /** With a certificate that the gateway's authority vouches for, where the gateway asks for one. */
        public Inquiry clientCertificate() {
            return new Inquiry(tracer, request.clientCertificate());
        }

        /** With another name in TLS than the URL's host. */
        public Inquiry sni(String name) {
            return new Inquiry(tracer, request.sni(name));
        }

        public Inquiry preflight() {
            return new Inquiry(tracer, request.preflight());
        }

        /** Every hop and how it ends. */
        public Path path() {
            return tracer.follow(request);
        }

        public Verdict verdict() {
            return path().verdict();
        }
    }
}
