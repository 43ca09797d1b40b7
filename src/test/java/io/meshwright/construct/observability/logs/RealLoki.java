package io.meshwright.construct.observability.logs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tests of a real Loki start it with and send to it. */
final class RealLoki {
    private static final String LINE = """
      {"resourceLogs": [{
        "resource": {"attributes": [
          {"key": "namespace", "value": {"stringValue": "shop"}}, {"key": "app", "value": {"stringValue": "cart"}},
          {"key": "container", "value": {"stringValue": "app"}},
          {"key": "log_type", "value": {"stringValue": "application-log"}}]},
        "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d", "body": {"stringValue": "%s"}}]}]}]}""";

    private RealLoki() {}

    /** A line of the application cart, as the collector sends it. */
    static String line(long nanoseconds, String text) {
        return LINE.formatted(nanoseconds, text);
    }

    /** The rendered arguments with another configuration, on loopback. */
    static List<String> arguments(Path configuration) {
        List<String> arguments = new ArrayList<>(LokiConfig.arguments());
        arguments.replaceAll(argument -> argument.replace(LokiConfig.FILE, configuration.toString()));
        arguments.addAll(List.of("-server.http-listen-address=127.0.0.1", "-server.grpc-listen-address=127.0.0.1"));
        return arguments;
    }
}
