package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Word;
import java.util.Arrays;
import java.util.Locale;

/**
 * Answers that stay open for long: no response timeout and no retries, as {@link Resilience#timeoutOf} and
 * {@link Resilience#retriesOf} say, and a beat that keeps the way to the client open.
 */
@Doc("Answers that stay open: sse, websocket or grpc-stream; or with the times below.")
@Sample("sse")
public record Stream(
        @Required Protocol protocol,

        @Defaulted
        @Doc("How often the application must send something, or balancers in between close the connection; default"
                + " 30s.")
        Duration heartbeat,

        @Defaulted @Doc("Time without any stream after which a connection to the service is closed; default 1h.")
        Duration idleTimeout) {
    public Stream {
        Require.present("protocol", protocol);
        heartbeat = heartbeat == null ? Duration.ofSeconds(30) : heartbeat;
        idleTimeout = idleTimeout == null ? Duration.of("1h") : idleTimeout;
        Require.that(!heartbeat.isZero(), "heartbeat", "\"0s\" is never", "give a time above 0s");
        Require.that(
                heartbeat.compareTo(idleTimeout) < 0,
                "heartbeat",
                "\"%s\" is not shorter than the idle timeout %s".formatted(heartbeat, idleTimeout),
                "shorten heartbeat, or lengthen idleTimeout");
    }

    public static Stream of(Protocol protocol) {
        return new Stream(protocol, null, null);
    }

    /** A stream by the word for its protocol. */
    @Shorthand
    public static Stream of(String word) {
        return of(Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        "", "%s is unknown".formatted(Plain.quoted(word)), "use sse, websocket or grpc-stream")));
    }

    /** The protocol that keeps the answer open. */
    public enum Protocol {
        @Word("sse")
        SSE,
        @Word("websocket")
        WEBSOCKET,
        @Word("grpc-stream")
        GRPC_STREAM;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
