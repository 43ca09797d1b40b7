package io.meshwright.value.workload;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import java.util.Map;

/**
 * The words of a port's number and name of its protocol: a proxy that reads requests where there are none breaks it.
 */
final class WrittenProtocol {
    /** Ports that have belonged to one program for decades [IANA, Service Name and Port Number Registry]. */
    private static final Map<Integer, String> PROGRAMS = Map.of(
            25, "SMTP, write protocol: tcp",
            587, "SMTP, write protocol: tcp",
            1433, "SQL Server, write protocol: tcp",
            3306, "MySQL, write protocol: mysql",
            5432, "PostgreSQL, write protocol: tcp",
            5672, "RabbitMQ, write protocol: tcp",
            6379, "Redis, write protocol: redis",
            9092, "Kafka, write protocol: tcp",
            27017, "MongoDB, write protocol: mongo");

    /** Words by which Istio reads a port's name [istio.io, Protocol Selection], and whether they mean requests. */
    private static final Map<String, Boolean> WORDS = Map.of(
            "http", true,
            "http2", true,
            "grpc", true,
            "tcp", false,
            "tls", false,
            "https", false,
            "mysql", false,
            "redis", false,
            "mongo", false,
            "udp", false);

    private WrittenProtocol() {}

    /** HTTP, where no protocol is written and the number is nobody else's. */
    static Protocol ofNone(Port target) {
        String program = PROGRAMS.get(target.value());
        if (program != null) {
            throw new InvalidValue(
                    "protocol",
                    "is missing, so that port %s would be read as HTTP".formatted(target),
                    "for %s; if it is HTTP, write protocol: http".formatted(program));
        }
        return Protocol.HTTP;
    }

    /** Refuses a name that says otherwise than the protocol. */
    static void agrees(Name name, Protocol protocol) {
        String word = name.toString().replaceFirst("-.*", "");
        Boolean requests = WORDS.get(word);
        Require.that(
                requests == null || requests == protocol.isHttp(),
                "name",
                "\"%s\" says %s, and the protocol is %s".formatted(name, word, protocol.word()),
                "write the port's protocol, or call it after what it speaks");
    }
}
