package io.meshwright.value.security;

/**
 * The connection between two parties on one port: whether it is mutual TLS, and why.
 *
 * @param why the cause of the outcome, as half a sentence
 */
public record Connection(Party client, Party server, TargetPort port, Outcome outcome, String why) {
    /** True if the server learns who calls, so that principals can match. */
    public boolean provesIdentity() {
        return outcome == Outcome.MUTUAL_TLS;
    }

    public boolean isBroken() {
        return outcome == Outcome.BROKEN;
    }

    /** The end of a connection. */
    public enum Outcome {
        MUTUAL_TLS("mutual TLS"),
        PLAINTEXT("plaintext"),
        BROKEN("broken");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** As a table for people writes it. */
        public String words() {
            return words;
        }
    }
}
