package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.edge.Maintenance;
import org.jspecify.annotations.Nullable;

/** Answers in the proxy, without any service. */
@Doc("Answers in the proxy, without any service.")
@Sample("503")
public record Respond(
        @Required @Doc("HTTP status, 200 to 599.") @Sample("503")
        Integer status,

        @Nullable @Doc("Body, at most 4096 bytes; default none.")
        String body) {
    public Respond {
        Require.inRange("status", Require.present("status", status), 200, 599);
        body = body == null ? null : Maintenance.fits("body", body);
    }

    @Shorthand
    public static Respond status(int status) {
        return new Respond(status, null);
    }
}
