package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.Source;

/** A port that a container declares; {@code name} is empty when it has none, {@code transport} is TCP, UDP or SCTP. */
public record ContainerPort(String name, int number, String transport, String container, Source source) {}
