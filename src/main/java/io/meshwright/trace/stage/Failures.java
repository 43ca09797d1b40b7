package io.meshwright.trace.stage;

import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;

/**
 * Ends a request by a failure behind a client's proxy as the client sees it: Envoy answers 503 where it reads HTTP, and
 * closes the connection elsewhere.
 */
final class Failures {
    private Failures() {}

    static Verdict of(Pod client, Arrival arrival, String flag, String why) {
        boolean absent = client.proxy().inMesh().isNo() && !client.proxy().isPassing();
        boolean answers = !arrival.opaque() && !absent && !client.proxy().isZtunnel();
        return answers ? new Answered(503, flag, why) : new Closed(absent ? "" : flag, why);
    }
}
