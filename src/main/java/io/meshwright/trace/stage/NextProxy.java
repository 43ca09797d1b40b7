package io.meshwright.trace.stage;

import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Path;

/** The stages at which a connection comes back to routing, since a proxy takes it before an application does. */
interface NextProxy {
    /** At a gateway inside the mesh. */
    Path gateway(PathRecorder recorder, Pod gateway, int port, Arrival arrival);

    /** At the waypoint that serves a service, which was called by its name or address. */
    Path waypoint(PathRecorder recorder, Pod client, Pod waypoint, ServicePort port, Arrival arrival);

    /** At the waypoint before a pod that is called by its own address. */
    Path waypoint(PathRecorder recorder, NetworkStage.Connection connection, Pod waypoint, Pod pod, Arrival arrival);
}
