package io.meshwright.value;

/** An exception that a person insists on for a while: who answers for it, why, and until when. */
@Doc("Who insists, why, and until when.")
public record Acceptance(
        @Required @Doc("Who answers for it.") @Sample("platform-team")
        String owner,

        @Required @Doc("Why it cannot be otherwise.") @Sample("\"its client has no sidecar yet\"")
        String reason,

        @Required @Doc("Last day on which it holds.") Day expires) {
    public Acceptance {
        Require.notBlank("owner", owner);
        Require.notBlank("reason", reason);
        Require.present("expires", expires);
    }
}
