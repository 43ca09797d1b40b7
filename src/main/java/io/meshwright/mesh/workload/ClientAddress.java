package io.meshwright.mesh.workload;

/** The address under which a load balancer or a node hands a client's connection on. */
public enum ClientAddress {
    /** The client's own. */
    KEPT,
    /** One of the load balancer or of a node. */
    HIDDEN,
    /** Nobody can tell from what is written. */
    UNKNOWN
}
