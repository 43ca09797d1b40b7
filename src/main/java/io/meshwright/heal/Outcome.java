package io.meshwright.heal;

/**
 * The end of one alert.
 *
 * @param kind what came of it
 * @param alert its name; empty where it has none
 * @param text in words for people
 */
record Outcome(Kind kind, String alert, String text) {
    /** Ways in which an alert ends here. */
    enum Kind {
        /** Something was done. */
        ACTED,
        /** It would have been done, and the API server took it as a trial. */
        TRIED,
        /** Something held it back. */
        HELD,
        /** The API server or the network failed. */
        FAILED
    }

    /** One line of a log: the text has no line feeds. */
    String line() {
        return "%s %s: %s"
                .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), alert, text)
                .replaceAll("[\\p{Cntrl}]", " ");
    }
}
