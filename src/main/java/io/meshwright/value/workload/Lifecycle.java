package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The actions of the kubelet in a container after its start and before its end. */
@Doc("What is done in the container after its start and before its end.")
public record Lifecycle(
        @Nullable @Doc("Right after the start; the container is not running before it has ended.")
        Handler postStart,

        @Nullable
        @Doc("Before the process is told to end, while it still serves; part of terminationGracePeriodSeconds.")
        Handler preStop) {
    public Lifecycle {
        Require.that(
                postStart != null || preStop != null, "", "does nothing", "give postStart or preStop, or remove it");
        Require.that(
                postStart == null || postStart.sleep() == null,
                "postStart.sleep",
                "only holds the start back",
                "remove it; probes.startup gives a slow start its time");
    }

    /** Seconds that a sleep before the end takes; 0 without one. */
    public int sleepSeconds() {
        return preStop == null || preStop.sleep() == null ? 0 : preStop.sleep().seconds();
    }

    /** One of three ways. */
    @Doc("One of exec, httpGet and sleep.")
    public record Handler(
            @Nullable @Doc("A command of the image.") Exec exec,
            @Nullable @Doc("A request to the container.") HttpGet httpGet,

            @Nullable @Doc("A pause, for load balancers that learn late that the pod ends.")
            Sleep sleep) {
        public Handler {
            Require.that(
                    Stream.of(exec, httpGet, sleep).filter(Objects::nonNull).count() == 1,
                    "",
                    "is not exactly one of exec, httpGet and sleep",
                    "give one of them");
        }
    }

    /** A command inside the container. */
    @Doc("A command inside the container, which must end with 0.")
    public record Exec(
            @Required @Doc("Program and arguments; no shell reads them.")
            List<String> command) {
        public Exec {
            command = List.copyOf(Require.notEmpty("command", command));
        }
    }

    /** A request to the container. */
    @Doc("A request to the container.")
    public record HttpGet(
            @Required @Doc("Path.") @Sample("/healthz") String path,

            @Nullable @Doc("Name of the port; default: the first port.")
            Name port) {
        public HttpGet {
            Require.that(
                    Require.present("path", path).startsWith("/"),
                    "path",
                    "\"%s\" is not a path".formatted(path),
                    "start it with \"/\"");
        }
    }

    /** A pause. */
    @Doc("A pause.")
    public record Sleep(@Required @Doc("Seconds, 1 to 600.") Integer seconds) {
        public Sleep {
            Require.inRange("seconds", Require.present("seconds", seconds), 1, 600);
        }
    }
}
