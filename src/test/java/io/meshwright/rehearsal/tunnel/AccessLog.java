package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import java.util.Map;
import java.util.TreeMap;

/** What every proxy writes of every request and connection. */
final class AccessLog {
    /** A header by which the lines of one request are found. */
    static final String ID = "x-tunnel-id";

    private static final Map<String, String> FIELDS = new TreeMap<>(Map.of(
            "id", "%REQ(X-TUNNEL-ID)%",
            "client", "%DOWNSTREAM_REMOTE_ADDRESS%",
            "status", "%RESPONSE_CODE%",
            "flags", "%RESPONSE_FLAGS%",
            "details", "%RESPONSE_CODE_DETAILS%",
            "route", "%ROUTE_NAME%",
            "cluster", "%UPSTREAM_CLUSTER_RAW%",
            "upstream", "%UPSTREAM_HOST%",
            "attempts", "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
            "peer", "%DOWNSTREAM_PEER_URI_SAN%"));

    static final io.envoyproxy.envoy.config.accesslog.v3.AccessLog CONFIG =
            io.envoyproxy.envoy.config.accesslog.v3.AccessLog.newBuilder()
                    .setName("envoy.access_loggers.file")
                    .setTypedConfig(Any.pack(FileAccessLog.newBuilder()
                            .setPath("/dev/stdout")
                            .setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(format()))
                            .build()))
                    .build();

    private AccessLog() {}

    private static Struct format() {
        Struct.Builder format = Struct.newBuilder();
        FIELDS.forEach((name, command) -> format.putFields(
                name, Value.newBuilder().setStringValue(command).build()));
        return format.build();
    }
}
