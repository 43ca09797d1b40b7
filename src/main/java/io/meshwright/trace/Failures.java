package io.meshwright.trace;

import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.Verdict.Answered;
import io.meshwright.trace.Verdict.Closed;

/**
 * How a failure behind a client's proxy looks to the client: Envoy answers 503 where it reads HTTP, and closes the
 * connection elsewhere.
 */
final class Failures {
    private Failures() {}

    static Verdict of(Pod client, Arrival arrival, String flag, String why) {
        boolean answers = !arrival.opaque()
                && !client.proxy().inMesh().isNo()
                && !client.proxy().isZtunnel();
        return answers
                ? new Answered(503, flag, why)
                : new Closed(client.proxy().inMesh().isNo() ? "" : flag, why);
    }
}
