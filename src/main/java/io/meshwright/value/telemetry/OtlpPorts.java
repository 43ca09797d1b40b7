package io.meshwright.value.telemetry;

import io.meshwright.value.Port;

/** Ports on which receivers of OTLP listen [opentelemetry.io, OTLP Specification, "Default Port"]. */
public final class OtlpPorts {
    public static final Port GRPC = Port.of(4317);

    public static final Port HTTP = Port.of(4318);

    private OtlpPorts() {}
}
